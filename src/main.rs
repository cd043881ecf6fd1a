//! The `kliping` program: parse, call, exit status.

mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Articles are made on one thread and given back on another, a thousand pieces each: a tenth of the time
/// of indexing with the allocator of the system.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
