//! How files are read.

use super::format::Format;
use super::role::{Role, normalised};

/// The largest document that is read, in bytes, unless told otherwise; an article is a few thousand,
/// a book a few million.
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// How files are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The format of every file; `None` tells each by its content and its name.
    pub format: Option<Format>,
    /// Which fields of a record are what.
    pub fields: Fields,
    /// The largest text file, page or record that is read, in bytes; a larger one is skipped.
    pub max_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { format: None, fields: Fields::default(), max_bytes: MAX_DOCUMENT_BYTES }
    }
}

/// Which fields of a record are title, text and so on, beyond the known names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    mapped: Vec<(Role, String)>,
}

impl Fields {
    /// Makes the field `name` the one in this role; known names for it no longer count.
    pub fn map(&mut self, role: Role, name: &str) {
        self.mapped.retain(|(known, _)| *known != role);
        self.mapped.push((role, name.to_owned()));
    }

    /// Reads `title=judul,body=isi`.
    ///
    /// # Errors
    /// Returns what is wrong with it and what can stand there.
    ///
    /// ```
    /// use kliping::ingest::Fields;
    /// assert!(Fields::parse("title=judul,body=isi").is_ok());
    /// assert!(Fields::parse("titel=judul").unwrap_err().contains("title"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut fields = Self::default();
        for pair in text.split(',') {
            let (role, name) =
                pair.split_once('=').ok_or_else(|| format!("`{pair}` is not `title=judul`: no `=` in it"))?;
            let known = Role::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(role.trim()));
            let names = || Role::NAMES.map(|(name, _)| name).join(", ");
            let (_, role) = known.ok_or_else(|| format!("`{}` is none of {}", role.trim(), names()))?;
            fields.map(*role, name.trim());
        }
        Ok(fields)
    }

    /// Returns the name that is mapped to the title or the text and that none of `fields` has.
    pub(super) fn missing(&self, fields: &[(String, String)]) -> Option<String> {
        let is_there = |mapped: &str| fields.iter().any(|(name, _)| normalised(name) == normalised(mapped));
        let mut mapped = [Role::Title, Role::Body].into_iter().filter_map(|role| self.of(role));
        mapped.find(|name| !is_there(name)).map(str::to_owned)
    }

    /// Returns the mapped names that lead into objects, as `data.isi` does.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.mapped.iter().map(|(_, name)| name.as_str()).filter(|name| name.contains('.'))
    }

    /// Returns the field that is mapped to `role`.
    pub(super) fn of(&self, role: Role) -> Option<&str> {
        self.mapped.iter().find(|(mapped, _)| *mapped == role).map(|(_, name)| name.as_str())
    }
}
