//! Hyperlinks for terminals that know them (OSC 8).

use std::fmt::Write;

use crate::search::Hit;

/// Whether titles are links to their articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyperlinks {
    /// They are.
    Show,
    /// They are not.
    #[default]
    Hide,
}

impl Hyperlinks {
    /// Returns `text`, which shows the hit, as a link to its address, else to its file.
    pub(super) fn link(self, hit: &Hit, text: &str) -> String {
        let target = hit.url.as_ref().filter(|url| is_web_address(url)).map(|url| encoded(url, is_of_address));
        let target = target.unwrap_or_else(|| format!("file://{}", encoded(&hit.path, is_of_path)));
        match self {
            Self::Show => format!("\u{1b}]8;;{target}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
            Self::Hide => text.to_owned(),
        }
    }
}

fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns `text` with all bytes but those that `is_kept` has written as `%20`: nothing of it can end
/// the link or move the cursor.
fn encoded(text: &str, is_kept: fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_kept(byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string can always grow");
        }
    }
    encoded
}

fn is_of_address(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)
}

fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_target_ends_the_link() {
        assert_eq!(encoded("/a b/é\u{1b}\\.txt", is_of_path), "/a%20b/%C3%A9%1B%5C.txt");
        assert_eq!(encoded("https://x.id/a?b=1&c=%20\u{7}", is_of_address), "https://x.id/a?b=1&c=%20%07");
    }
}
