//! What a field of a record is to an article, as its name tells.

/// What a field of a record is to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The record's own id.
    Id,
    /// The headline.
    Title,
    /// The text.
    Body,
    /// The date of publication.
    Date,
    /// The outlet.
    Source,
    /// Who wrote it.
    Byline,
    /// Where it was published.
    Url,
}

impl Role {
    /// The roles by the names that `--map` gives them.
    pub const NAMES: [(&str, Self); 7] = [
        ("id", Self::Id),
        ("title", Self::Title),
        ("body", Self::Body),
        ("date", Self::Date),
        ("source", Self::Source),
        ("byline", Self::Byline),
        ("url", Self::Url),
    ];

    /// Returns the names of fields in this role, the most telling first, in small letters and
    /// without anything but letters and digits.
    pub(super) fn known_names(self) -> &'static [&'static str] {
        match self {
            Self::Id => &IDS,
            Self::Title => &TITLES,
            Self::Body => &TEXTS,
            Self::Date => &DATES,
            Self::Source => &OUTLETS,
            Self::Byline => &AUTHORS,
            Self::Url => &ADDRESSES,
        }
    }
}

/// Returns the role of a field with this normalised name.
pub(super) fn known_role(name: &str) -> Option<Role> {
    Role::NAMES.iter().map(|(_, role)| *role).find(|role| role.known_names().contains(&name))
}

/// Whether a field with this name holds what stands for a text and is none: its beginning, what it is about.
pub(super) fn is_excerpt(name: &str) -> bool {
    const NAMES: [&str; 7] = ["excerpt", "summary", "description", "ringkasan", "deskripsi", "abstract", "snippet"];
    NAMES.contains(&normalised(name).as_str())
}

/// Returns `name` in small letters and without anything but letters and digits, so that
/// `Isi_Berita`, `isi berita` and `isiBerita` are one name.
pub(super) fn normalised(name: &str) -> String {
    let mut normalised = String::with_capacity(name.len());
    normalised.extend(name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    normalised
}

const IDS: [&str; 9] = ["id", "guid", "uuid", "articleid", "newsid", "docid", "documentid", "idberita", "oid"];
const TITLES: [&str; 12] = [
    "title",
    "judul",
    "headline",
    "judulberita",
    "newstitle",
    "articletitle",
    "judulartikel",
    "kepala",
    "posttitle",
    "judulpost",
    "newsheadline",
    "namaartikel",
];
const TEXTS: [&str; 47] = [
    "body",
    "isi",
    "isiberita",
    "content",
    "konten",
    "contentencoded",
    "contenthtml",
    "contenttext",
    "narasi",
    "uraian",
    "kontenberita",
    "teksberita",
    "newstext",
    "articlebody",
    "fullarticle",
    "fulltext",
    "maintext",
    "text",
    "teks",
    "article",
    "artikel",
    "isiartikel",
    "newscontent",
    "berita",
    "naskah",
    "story",
    "paragraphs",
    "paragraf",
    "sections",
    "cleanarticle",
    "bodytext",
    "news",
    "html",
    "fullcontent",
    "maincontent",
    "textcontent",
    "contentbody",
    "postcontent",
    "isikonten",
    "isipost",
    "excerpt",
    "summary",
    "description",
    "ringkasan",
    "deskripsi",
    "abstract",
    "snippet",
];
const DATES: [&str; 38] = [
    "date",
    "tanggal",
    "datepublished",
    "publisheddate",
    "publishedat",
    "publishdate",
    "publishedtime",
    "published",
    "pubdate",
    "publishtime",
    "tanggalterbit",
    "tanggalpublikasi",
    "tanggalberita",
    "waktuterbit",
    "tgl",
    "tglterbit",
    "waktu",
    "datepublish",
    "publicationdate",
    "publishedon",
    "publisheddatetime",
    "tanggaltayang",
    "tgltayang",
    "waktutayang",
    "tanggalrilis",
    "tanggalposting",
    "tanggalupload",
    "tanggalmuat",
    "postdate",
    "postedat",
    "createdtime",
    "datecreated",
    "dateposted",
    "datetime",
    "timestamp",
    "createdat",
    "created",
    "time",
];
const OUTLETS: [&str; 16] = [
    "source",
    "sumber",
    "outlet",
    "publisher",
    "media",
    "sitename",
    "portal",
    "newspaper",
    "penerbit",
    "sourcename",
    "namamedia",
    "medianame",
    "situs",
    "website",
    "sourcedomain",
    "domain",
];
const AUTHORS: [&str; 12] = [
    "author",
    "authors",
    "byline",
    "penulis",
    "wartawan",
    "reporter",
    "creator",
    "writer",
    "namapenulis",
    "namawartawan",
    "jurnalis",
    "kontributor",
];
const ADDRESSES: [&str; 17] = [
    "url",
    "link",
    "canonicalurl",
    "tautan",
    "permalink",
    "href",
    "sourceurl",
    "newsurl",
    "uri",
    "linkberita",
    "urlberita",
    "tautanberita",
    "permalinkurl",
    "posturl",
    "shareurl",
    "linkurl",
    "alamaturl",
];
