//! `kliping completions` and `kliping man`: made from the definitions of the arguments.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::exit::{Failure, Status};

/// Write a completion script for a shell.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  kliping completions bash > ~/.local/share/bash-completion/completions/kliping")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<Status, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Arguments::command(), "kliping", &mut script);
        out.write_all(&script).map_err(Failure::output)?;
        Ok(Status::Done)
    }
}

/// Write the manual page.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  kliping man > kliping.1\n  kliping man search > kliping-search.1")]
pub(super) struct Man {
    /// Subcommand to describe [default: the program]
    subcommand: Option<String>,
}

impl Man {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<Status, Failure> {
        let mut program = super::Arguments::command();
        program.build();
        let command = match &self.subcommand {
            None => program,
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                let unknown = || Failure::Usage(format!("no subcommand `{name}`; `kliping --help` lists them"));
                found.ok_or_else(unknown)?
            }
        };
        clap_mangen::Man::new(command).render(out).map_err(Failure::output)?;
        Ok(Status::Done)
    }
}
