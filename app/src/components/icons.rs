//! Line icons, drawn here so that no other file has to be loaded. All are decoration: a word goes with each.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// A sheet of a calendar.
    Calendar,
    /// Two people.
    People,
    /// One person.
    User,
    /// A speech bubble.
    Chat,
    /// A clock.
    Clock,
    /// A cog wheel.
    Gear,
    /// An envelope.
    Mail,
    /// A mobile phone.
    Phone,
    /// A tick.
    Check,
    /// Two opposite arrow heads, for menus.
    UpDown,
    /// Arrow head down.
    ChevronDown,
    /// Arrow head to the right.
    ChevronRight,
    /// Arrow head to the left.
    ChevronLeft,
    /// Two arrow heads to the right.
    ChevronsRight,
    /// Two arrow heads to the left.
    ChevronsLeft,
    /// A cross, to close or take out.
    Cross,
    /// A map pin.
    Pin,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circle with an i.
    Info,
    /// A magnifying glass.
    Search,
    /// A plus.
    Plus,
    /// A pencil.
    Pencil,
    /// A door with an arrow out of it.
    SignOut,
    /// An arrow round.
    Retry,
    /// A paper plane.
    Send,
    /// A seat.
    Seat,
    /// Six dots, to take hold of a row.
    Grip,
    /// Three dots, for a menu.
    More,
    /// An arrow up.
    ArrowUp,
    /// An arrow down.
    ArrowDown,
    /// Two sheets, to copy.
    Copy,
    /// A board with a clip, to paste.
    Clipboard,
    /// A bin.
    Bin,
    /// A sheet of paper.
    File,
    /// Two links of a chain.
    Link,
    /// An arrow into a tray.
    Download,
    /// An arrow out of a tray.
    Upload,
    /// A printer.
    Printer,
    /// One line of text.
    ShortText,
    /// Several lines of text.
    LongText,
    /// A number sign.
    Number,
    /// One of several.
    Radio,
    /// Several of several.
    Checks,
    /// A ticked box.
    TickBox,
    /// A form.
    Form,
}

impl Glyph {
    /// The shapes, on a square of 20 units.
    const fn shapes(self) -> &'static str {
        match self {
            Self::Calendar => {
                r#"<rect x="3" y="4.2" width="14" height="12.8" rx="2.4"/><path d="M3 8.4h14M6.8 2.6v3M13.2 2.6v3"/>"#
            }
            Self::People => {
                r#"<circle cx="7.6" cy="6.9" r="3"/><path d="M2.3 16.6c.3-3 2.4-4.7 5.3-4.7s5 1.7 5.3 4.7"/><path d="M12.9 4.1a3 3 0 0 1 0 5.6M15 12.4c1.6.7 2.5 2.2 2.7 4.2"/>"#
            }
            Self::User => {
                r#"<circle cx="10" cy="6.7" r="3.2"/><path d="M3.9 17c.4-3.3 2.8-5.1 6.1-5.1s5.7 1.8 6.1 5.1"/>"#
            }
            Self::Chat => {
                r#"<path d="M5 3.6h10A1.9 1.9 0 0 1 16.9 5.5v6.9a1.9 1.9 0 0 1-1.9 1.9H8l-4.9 3.1V5.5A1.9 1.9 0 0 1 5 3.6Z"/>"#
            }
            Self::Clock => r#"<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.6 1.6"/>"#,
            Self::Gear => {
                r#"<circle cx="10" cy="10" r="2.4"/><path d="M10 2.8v2.1M10 15.1v2.1M17.2 10h-2.1M4.9 10H2.8M15.1 4.9l-1.5 1.5M6.4 13.6l-1.5 1.5M15.1 15.1l-1.5-1.5M6.4 6.4 4.9 4.9"/>"#
            }
            Self::Mail => {
                r#"<rect x="2.6" y="4.4" width="14.8" height="11.2" rx="2.2"/><path d="m3.2 6.3 6.8 4.9 6.8-4.9"/>"#
            }
            Self::Phone => {
                r#"<rect x="5.6" y="2.3" width="8.8" height="15.4" rx="2.2"/><path d="M9.1 14.9h1.8"/>"#
            }
            Self::Check => r#"<path d="m4.4 10.6 3.7 3.7 7.5-8.3"/>"#,
            Self::UpDown => r#"<path d="m6.5 7.6 3.5-3.5 3.5 3.5M6.5 12.4l3.5 3.5 3.5-3.5"/>"#,
            Self::ChevronDown => r#"<path d="m5.5 7.8 4.5 4.5 4.5-4.5"/>"#,
            Self::ChevronRight => r#"<path d="m7.8 5.5 4.5 4.5-4.5 4.5"/>"#,
            Self::ChevronLeft => r#"<path d="M12.2 5.5 7.7 10l4.5 4.5"/>"#,
            Self::ChevronsRight => r#"<path d="M5 5.5 9.5 10 5 14.5M10.5 5.5 15 10l-4.5 4.5"/>"#,
            Self::ChevronsLeft => r#"<path d="M15 5.5 10.5 10l4.5 4.5M9.5 5.5 5 10l4.5 4.5"/>"#,
            Self::Cross => r#"<path d="m5.4 5.4 9.2 9.2M14.6 5.4l-9.2 9.2"/>"#,
            Self::Pin => {
                r#"<path d="M10 17.6c3.6-3.7 5.6-6.5 5.6-9.2a5.6 5.6 0 1 0-11.2 0c0 2.7 2 5.5 5.6 9.2Z"/><circle cx="10" cy="8.3" r="2"/>"#
            }
            Self::Warning => r#"<path d="M10 3.2 17.6 16.4H2.4L10 3.2ZM10 8.2v3.6M10 14v.1"/>"#,
            Self::Info => r#"<circle cx="10" cy="10" r="7"/><path d="M10 9.3v4M10 6.5v.1"/>"#,
            Self::Search => r#"<circle cx="9" cy="9" r="5.4"/><path d="m13.1 13.1 3.7 3.7"/>"#,
            Self::Plus => r#"<path d="M10 4.2v11.6M4.2 10h11.6"/>"#,
            Self::Pencil => {
                r#"<path d="M3.4 16.6l.7-3.4L13 4.3a1.7 1.7 0 0 1 2.4 0l.3.3a1.7 1.7 0 0 1 0 2.4l-8.9 8.9-3.4.7Z"/>"#
            }
            Self::SignOut => {
                r#"<path d="M8 3.4H5.2a1.8 1.8 0 0 0-1.8 1.8v9.6a1.8 1.8 0 0 0 1.8 1.8H8M12.6 6.5 16.1 10l-3.5 3.5M16 10H7.6"/>"#
            }
            Self::Retry => r#"<path d="M16.2 10a6.2 6.2 0 1 1-1.9-4.5M16.3 2.7v3.4h-3.4"/>"#,
            Self::Send => r#"<path d="M17 3 2.9 8.5l5.5 2.6L11 16.7 17 3ZM8.4 11.1 17 3"/>"#,
            Self::Seat => {
                r#"<path d="M6 3.2v7.6h7.4M6 10.8l-.9 3.6h9.7M6.5 14.4v2.4M13.8 14.4v2.4"/>"#
            }
            Self::More => {
                r#"<g fill="currentColor" stroke="none"><circle cx="4.6" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="15.4" cy="10" r="1.5"/></g>"#
            }
            Self::ArrowUp => r#"<path d="M10 16V4.500M5.2 9.2 10 4.400l4.8 4.8"/>"#,
            Self::ArrowDown => r#"<path d="M10 4v11.500M5.2 10.800l4.8 4.8 4.8-4.8"/>"#,
            Self::Copy => {
                r#"<rect x="7" y="7" width="10" height="10" rx="2"/><path d="M13 7V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h2"/>"#
            }
            Self::Clipboard => {
                r#"<path d="M7.2 4.200H5.800a1.600 1.600 0 0 0-1.600 1.600v9.800a1.600 1.600 0 0 0 1.600 1.600h8.400a1.600 1.600 0 0 0 1.600-1.600V5.800a1.600 1.600 0 0 0-1.600-1.600h-1.400"/><rect x="7.2" y="2.800" width="5.6" height="3" rx="1"/><path d="M7.4 10h5.200M7.4 13.200h3.400"/>"#
            }
            Self::Bin => {
                r#"<path d="M3.6 5.600h12.800M8 5.400V3.600h4v1.800M5.2 5.800l.8 10.600h8l.8-10.600M8.3 8.800v4.600M11.7 8.800v4.6"/>"#
            }
            Self::File => {
                r#"<path d="M11.4 2.800H6.200A1.7 1.7 0 0 0 4.5 4.500v11a1.7 1.7 0 0 0 1.7 1.700h7.600a1.7 1.7 0 0 0 1.7-1.700V6.900l-4.1-4.100Z"/><path d="M11.4 2.800v4.100h4.1"/>"#
            }
            Self::Link => {
                r#"<path d="M8.4 11.600a3.2 3.2 0 0 0 4.6 0l2.7-2.700a3.2 3.2 0 0 0-4.6-4.600l-.9.9"/><path d="M11.6 8.400a3.2 3.2 0 0 0-4.6 0l-2.7 2.700a3.2 3.2 0 0 0 4.6 4.600l.9-.9"/>"#
            }
            Self::Download => {
                r#"<path d="M10 3.200v9M6.2 8.600l3.8 3.8 3.8-3.800M3.6 16.600h12.8"/>"#
            }
            Self::Upload => r#"<path d="M10 12.400v-9M6.2 7l3.8-3.800L13.8 7M3.6 16.600h12.8"/>"#,
            Self::Printer => {
                r#"<path d="M6 7.400V3.200h8v4.200M6 14H4.400a1.6 1.6 0 0 1-1.6-1.600V9a1.6 1.6 0 0 1 1.6-1.600h11.200A1.6 1.6 0 0 1 17.2 9v3.400a1.6 1.6 0 0 1-1.6 1.600H14"/><path d="M6 11.600h8v5.200H6z"/>"#
            }
            Self::ShortText => r#"<path d="M3.6 8.200h12.800M3.6 11.800h7"/>"#,
            Self::LongText => {
                r#"<path d="M3.6 5h12.800M3.6 8.400h12.800M3.6 11.800h12.800M3.6 15.200h7"/>"#
            }
            Self::Number => {
                r#"<path d="M7.9 3.4 6.5 16.600M13.5 3.400l-1.4 13.200M3.8 7.600h12.800M3.4 12.400h12.8"/>"#
            }
            Self::Radio => {
                r#"<circle cx="10" cy="10" r="6.8"/><circle cx="10" cy="10" r="2.6" fill="currentColor" stroke="none"/>"#
            }
            Self::Checks => {
                r#"<path d="m2.8 5.6 1.5 1.5 2.6-3M2.8 13.600l1.5 1.5 2.6-3M9.8 6h7.400M9.8 14h7.4"/>"#
            }
            Self::TickBox => {
                r#"<rect x="3.4" y="3.4" width="13.2" height="13.2" rx="2.6"/><path d="m6.8 10.3 2.3 2.3 4.2-4.8"/>"#
            }
            Self::Form => {
                r#"<rect x="3.6" y="2.8" width="12.8" height="14.4" rx="2"/><path d="M6.6 6.600h6.800M6.6 10h6.800M6.6 13.400h3.6"/>"#
            }
            Self::Grip => {
                r#"<g fill="currentColor" stroke="none"><circle cx="7.2" cy="5" r="1.2"/><circle cx="7.2" cy="10" r="1.2"/><circle cx="7.2" cy="15" r="1.2"/><circle cx="12.8" cy="5" r="1.2"/><circle cx="12.8" cy="10" r="1.2"/><circle cx="12.8" cy="15" r="1.2"/></g>"#
            }
        }
    }
}

/// An icon in the colour of its text.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
    /// Width and height in pixels.
    #[prop(default = 18)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg
            width=size
            height=size
            viewBox="0 0 20 20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.7"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
            inner_html=glyph.shapes()
        ></svg>
    }
}

/// The mark of Convoke: a rounded square with a gradient.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg
            width="24"
            height="24"
            viewBox="0 0 24 24"
            aria-hidden="true"
            focusable="false"
            inner_html=LOGO
        ></svg>
    }
}

const LOGO: &str = r##"<defs><linearGradient id="logo-sky" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#8aa9ff"/><stop offset=".5" stop-color="#4a76f5"/><stop offset="1" stop-color="#2450dc"/></linearGradient></defs><rect width="24" height="24" rx="7" fill="url(#logo-sky)"/><path d="M12 12 0 3.6V17a7 7 0 0 0 7 7h4.6L12 12Z" fill="#1f49d6" opacity=".5"/>"##;
