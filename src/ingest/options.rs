//! How files are read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Which fields of a record are title, text and so on, beyond the known names. Clones know of the records that any of
/// them has met.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    mapped: Vec<Mapped>,
    /// Whether a record was read.
    has_records: Arc<AtomicBool>,
}

#[derive(Clone, Debug)]
struct Mapped {
    role: Role,
    name: String,
    /// Whether a record had it.
    is_met: Arc<AtomicBool>,
}

impl Fields {
    /// Makes the field `name` the one in this role; known names for it no longer count.
    pub fn map(&mut self, role: Role, name: &str) {
        self.mapped.retain(|mapped| mapped.role != role);
        self.mapped.push(Mapped { role, name: name.to_owned(), is_met: Arc::default() });
    }

    /// Reads `title=judul,body=isi`, each role once.
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
            let (role_name, role) = *known.ok_or_else(|| format!("`{}` is none of {}", role.trim(), names()))?;
            if name.trim().is_empty() {
                return Err(format!("`{pair}` names no field; write `{role_name}=` and what it is called"));
            }
            if let Some(before) = fields.of(role) {
                return Err(format!("both `{before}` and `{}` for `{role_name}`; name one", name.trim()));
            }
            fields.map(role, name.trim());
        }
        Ok(fields)
    }

    /// Returns the names that no record had, of those that were read with these; none where none was.
    #[must_use]
    pub fn unmet(&self) -> Vec<&str> {
        let is_unmet = |mapped: &&Mapped| !mapped.is_met.load(Ordering::Relaxed);
        let has_records = self.has_records.load(Ordering::Relaxed);
        self.mapped.iter().filter(|_| has_records).filter(is_unmet).map(|mapped| mapped.name.as_str()).collect()
    }

    /// Meets a record with `fields`. Returns the name that is mapped to the title or the text and that none of them
    /// has; what else is mapped, a record may leave out.
    pub(super) fn missing(&self, fields: &[(String, String)]) -> Option<String> {
        self.has_records.store(true, Ordering::Relaxed);
        let mut missing = None;
        for Mapped { role, name, is_met } in &self.mapped {
            let key = normalised(name);
            if fields.iter().any(|(name, _)| normalised(name) == key) {
                is_met.store(true, Ordering::Relaxed);
            } else if matches!(role, Role::Title | Role::Body) {
                missing = missing.or_else(|| Some(name.clone()));
            }
        }
        missing
    }

    /// Returns the mapped names that lead into objects, as `data.isi` does.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.mapped.iter().map(|mapped| mapped.name.as_str()).filter(|name| name.contains('.'))
    }

    /// Returns the field that is mapped to `role`.
    pub(super) fn of(&self, role: Role) -> Option<&str> {
        self.mapped.iter().find(|mapped| mapped.role == role).map(|mapped| mapped.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_one_name() {
        let told = Fields::parse("body=a,title=b, BODY = c").unwrap_err();
        assert_eq!(told, "both `a` and `c` for `body`; name one");
    }

    #[test]
    fn a_field_has_a_name() {
        for text in ["body=", "title=a,body= "] {
            assert!(Fields::parse(text).unwrap_err().contains("names no field; write `body=`"), "{text}");
        }
    }

    #[test]
    fn names_that_no_record_has_are_known() {
        let record = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect::<Vec<_>>();
        let fields = Fields::parse("body=Isi_Berita,date=tglx,source=media").unwrap();
        let met_elsewhere = fields.clone();
        assert_eq!(fields.unmet(), [""; 0]);
        assert_eq!(fields.missing(&record(&["isi berita", "tgl"])), None);
        assert_eq!(fields.unmet(), ["tglx", "media"]);
        assert_eq!(met_elsewhere.missing(&record(&["media"])).as_deref(), Some("Isi_Berita"));
        assert_eq!(fields.unmet(), ["tglx"]);
    }
}
