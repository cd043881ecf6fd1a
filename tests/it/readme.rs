//! The examples of the README and of the help texts run as typed.

use std::process::Command;

use super::support::{Kliping, PROJECT};

/// The commands in the fenced `sh` blocks of a document whose lines begin with `kliping`.
fn examples(document: &str) -> Vec<String> {
    let blocks = document.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let lines = blocks.flat_map(str::lines).filter(|line| line.starts_with("kliping "));
    lines.map(str::to_owned).collect()
}

/// The commands below `Example` in a help text; what follows two blanks is a remark.
fn help_examples(help: &str) -> Vec<String> {
    let examples = help.split("Examples:").nth(1).or_else(|| help.split("Example:").nth(1)).unwrap_or_default();
    let lines = examples.lines().map(str::trim).filter(|line| line.starts_with("kliping "));
    lines.map(|line| line.split("   ").next().unwrap().to_owned()).collect()
}

/// The commands that the help text of the program lists.
fn commands(help: &str) -> Vec<String> {
    let lines = help.split("Commands:").nth(1).unwrap_or_default().lines().skip(1);
    let names = lines.map_while(|line| line.strip_prefix("  ")?.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Runs a command line in the project's folder with the built program on the path.
#[track_caller]
fn assert_runs(kliping: &Kliping, line: &str) {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_kliping")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let folder = kliping.folder();
    // Examples write into the home folder and the working folder: both are the test's own.
    for name in ["seeds", "tests"] {
        let shortcut = folder.join(name);
        if !shortcut.exists() {
            std::os::unix::fs::symlink(format!("{PROJECT}/{name}"), shortcut).unwrap();
        }
    }
    std::fs::create_dir_all(folder.join(".local/share/bash-completion/completions")).unwrap();
    std::fs::write(folder.join("words.txt"), "menulis\n").unwrap();
    let ran = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", folder)
        .env_remove("KLIPING_INDEX")
        .env_remove("KLIPING_DICTIONARIES")
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    assert!(ran.status.success(), "`{line}`: {}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn the_examples_of_the_readme_run() {
    let examples = examples(&std::fs::read_to_string(format!("{PROJECT}/README.md")).unwrap());
    assert!(examples.len() >= 10, "{examples:?}");
    let kliping = Kliping::new();
    for line in examples {
        assert_runs(&kliping, &line);
    }
}

#[test]
fn the_examples_of_the_help_run() {
    let kliping = Kliping::new();
    assert_runs(&kliping, "kliping index seeds/");
    let help = kliping.out(["--help"]);
    let commands = commands(&help);
    assert!(commands.len() >= 18 && commands.iter().any(|command| command == "trace"), "{commands:?}");
    let helps = commands.iter().map(|command| kliping.out([command, "--help"]));
    for help in [help].into_iter().chain(helps) {
        let examples = help_examples(&help);
        assert!(!examples.is_empty(), "no examples:\n{help}");
        for line in examples {
            assert_runs(&kliping, &line);
        }
    }
}

/// The hashes of the five seed articles: they are kept as received.
const SEEDS: [(&str, u64); 5] = [
    ("000_b00046d57d8c8067.txt", 0x1dee_521a_3d9e_fe42),
    ("001_e59c24d8b7962b73.txt", 0x818d_69c3_9787_8471),
    ("002_78c7bee98fa67bd0.txt", 0xbec6_e5de_51d4_7b33),
    ("003_7df2690a9bcf779c.txt", 0x7ba0_76f5_e758_4db0),
    ("004_c5a60effa8b4e469.txt", 0xbf7a_5fc3_489b_6f87),
];

#[test]
fn the_seeds_are_kept_as_received() {
    for (name, hash) in SEEDS {
        let bytes = std::fs::read(format!("{PROJECT}/seeds/{name}")).unwrap();
        assert_eq!(xxhash_rust::xxh3::xxh3_64(&bytes), hash, "{name}");
    }
}
