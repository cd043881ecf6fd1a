//! Text flows one way: no module uses one below it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::support::PROJECT;

/// The modules in the order in which `lib.rs` declares them.
fn declared() -> Vec<String> {
    let lib = fs::read_to_string(Path::new(PROJECT).join("src/lib.rs")).unwrap();
    let names = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its tests, which may use what they like.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

/// The library modules a piece of code names behind `crate::`, alone or in a group.
fn used(code: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => modules.extend(members(group)),
            None => modules.push(first_word(rest)),
        }
    }
    modules
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first words of the members of a group, which may hold groups; `group` begins behind its
/// opening brace.
fn members(group: &str) -> Vec<String> {
    let mut members = vec![first_word(group)];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => members.push(first_word(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    members
}

#[test]
fn no_module_uses_one_below_it() {
    let order: BTreeMap<String, usize> = declared().into_iter().zip(0..).collect();
    assert!(order.len() >= 11, "{order:?}");
    let root = Path::new(PROJECT).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut checked = 0;
    for file in files {
        let place = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let module = place.split(['/', '.']).next().unwrap().to_owned();
        let Some(own) = order.get(&module) else { continue };
        for used in used(code(&fs::read_to_string(&file).unwrap())) {
            if let Some(other) = order.get(&used) {
                assert!(other <= own, "{place} uses `{used}`, which stands below `{module}`");
                checked += 1;
            }
        }
    }
    assert!(checked > 20, "only {checked} uses were found; does the test still read the sources?");
}

#[test]
fn only_the_index_and_the_backend_know_the_index_library() {
    let root = Path::new(PROJECT).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let place = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let allowed = place.starts_with("index/") || place.starts_with("search/embedded/") || place == "error.rs";
        let text = fs::read_to_string(&file).unwrap();
        let names_it =
            code(&text).lines().any(|line| !line.trim_start().starts_with("//") && line.contains("tantivy::"));
        assert!(allowed || !names_it, "{place} names tantivy");
    }
}

#[test]
fn a_use_below_is_seen() {
    assert_eq!(used("use crate::{clean, dedup};\nlet x = crate::index::Index;"), ["clean", "dedup", "index"]);
    assert_eq!(used("use crate::{article::{Article, Fold}, index};"), ["article", "index"]);
}
