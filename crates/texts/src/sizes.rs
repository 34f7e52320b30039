//! How large files are, as people read it.

use crate::t;
use convoke_domain::Language;

/// "1.2 MB", "340 kB", "12 bytes".
pub fn file_size(language: Language, bytes: u64) -> String {
    match bytes {
        0..1_000 => t!(language, "document-bytes", count = bytes),
        1_000..999_500 => {
            let size = (bytes + 500) / 1_000;
            t!(language, "document-kilobytes", size = size.to_string())
        }
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            let point = match language {
                Language::En => '.',
                Language::Fr => ',',
            };
            let size = match tenths % 10 {
                0 => (tenths / 10).to_string(),
                tenth => format!("{}{point}{tenth}", tenths / 10),
            };
            t!(language, "document-megabytes", size = size)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_read_them() {
        for (bytes, en, fr) in [
            (1, "1 byte", "1 octet"),
            (999, "999 bytes", "999 octets"),
            (1_000, "1 kB", "1 ko"),
            (339_600, "340 kB", "340 ko"),
            (999_499, "999 kB", "999 ko"),
            (999_500, "1 MB", "1 Mo"),
            (1_249_999, "1.2 MB", "1,2 Mo"),
            (50_000_000, "50 MB", "50 Mo"),
        ] {
            assert_eq!(file_size(Language::En, bytes), en);
            assert_eq!(file_size(Language::Fr, bytes), fr);
        }
    }
}
