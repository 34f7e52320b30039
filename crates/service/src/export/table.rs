//! A table as a file: CSV as Excel opens it by a double click, and XLSX.

use convoke_domain::Language;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// The longest text that Excel keeps in a cell, in characters.
const MAX_TEXT: usize = 32_767;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// How many characters wide it is shown.
    pub width: u8,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day: year, month, day.
    Day(u16, u8, u8),
    /// A moment on the clocks of the training: year, month, day, hour, minute.
    Moment(u16, u8, u8, u8, u8),
    /// Hour and minute.
    Time(u8, u8),
}

impl Cell {
    /// A text, or nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

/// A table could not be made into a file.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// As CSV.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// As XLSX.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
}

impl Table {
    /// CSV in UTF-8 with the mark that tells Excel so, and separated as the Excel of the language expects.
    pub fn csv(&self, language: Language) -> Result<Vec<u8>, TableError> {
        let separator = match language {
            Language::En => b',',
            Language::Fr => b';',
        };
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(self.columns.iter().map(|column| harmless(&column.title)))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| written(cell, language)))?;
        }
        writer
            .into_inner()
            .map_err(|error| csv::Error::from(error.into_error()).into())
    }

    /// XLSX: real numbers and dates, the first row fixed and with filters.
    pub fn xlsx(&self, sheet: &str, language: Language) -> Result<Vec<u8>, TableError> {
        let mut workbook = Workbook::new();
        // Without this the file would say when it was made, by the clock of the machine.
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let (day, moment) = match language {
            Language::En => ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"),
            Language::Fr => ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"),
        };
        let (day, moment) = (
            Format::new().set_num_format(day),
            Format::new().set_num_format(moment),
        );
        let time = Format::new().set_num_format("hh:mm");
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet)?;
        worksheet.set_freeze_panes(1, 0)?;
        for (at, column) in (0_u16..).zip(&self.columns) {
            worksheet.set_column_width(at, column.width)?;
            worksheet.write_string_with_format(0, at, fitting(&column.title), &head)?;
        }
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => {
                        worksheet.write_string(row, column, fitting(text))?;
                    }
                    Cell::Number(number) => {
                        worksheet.write_number(row, column, *number)?;
                    }
                    // Excel's calendar begins in 1900.
                    Cell::Day(year, month, date) => {
                        match ExcelDateTime::from_ymd(*year, *month, *date) {
                            Ok(at) => {
                                worksheet.write_datetime_with_format(row, column, &at, &day)?
                            }
                            Err(_) => {
                                worksheet.write_string(row, column, written(cell, language))?
                            }
                        };
                    }
                    Cell::Moment(year, month, date, hour, minute) => {
                        let at = ExcelDateTime::from_ymd(*year, *month, *date)?.and_hms(
                            u16::from(*hour),
                            *minute,
                            0,
                        )?;
                        worksheet.write_datetime_with_format(row, column, &at, &moment)?;
                    }
                    Cell::Time(hour, minute) => {
                        let at = ExcelDateTime::from_hms(u16::from(*hour), *minute, 0)?;
                        worksheet.write_datetime_with_format(row, column, &at, &time)?;
                    }
                }
            }
        }
        let last_row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        worksheet.autofilter(0, 0, last_row, last_column)?;
        Ok(workbook.save_to_buffer()?)
    }
}

/// A text that fits into a cell.
fn fitting(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// A cell as CSV has it.
fn written(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => {
            let number = number.to_string();
            match language {
                Language::En => number,
                Language::Fr => number.replace('.', ","),
            }
        }
        Cell::Day(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        Cell::Moment(year, month, day, hour, minute) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        Cell::Time(hour, minute) => format!("{hour:02}:{minute:02}"),
    }
}

/// A text that a spreadsheet does not take for a formula: what begins like one gets an apostrophe (OWASP, CSV injection).
fn harmless(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}']).chars().next();
    let formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    );
    if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: Vec<Cell>) -> Table {
        Table {
            columns: cells
                .iter()
                .map(|_| Column {
                    title: "Name".to_owned(),
                    width: 12,
                })
                .collect(),
            rows: vec![cells],
        }
    }

    #[test]
    fn csv_as_excel_expects_it() {
        let table = table(vec![
            Cell::Text("O’Neill; \"Anna\", the second".to_owned()),
            Cell::Number(12.5),
            Cell::Number(-3.0),
            Cell::Day(2026, 12, 9),
            Cell::Moment(2026, 12, 9, 8, 5),
            Cell::Time(8, 52),
            Cell::Empty,
        ]);
        let english = String::from_utf8(table.csv(Language::En).unwrap()).unwrap();
        assert!(english.starts_with('\u{feff}'));
        assert!(
            english.ends_with(
                "\r\n\"O’Neill; \"\"Anna\"\", the second\",12.5,-3,2026-12-09,2026-12-09 08:05,08:52,\r\n"
            ),
            "{english}"
        );
        let french = String::from_utf8(table.csv(Language::Fr).unwrap()).unwrap();
        assert!(french.contains(";12,5;-3;2026-12-09;"), "{french}");
    }

    #[test]
    fn what_looks_like_a_formula_is_none() {
        for typed in [
            "=1+1",
            "+33639981234",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =1",
            "＝1",
        ] {
            assert_eq!(harmless(typed), format!("'{typed}"));
        }
        assert_eq!(harmless("anna@acme.test"), "anna@acme.test");
        assert_eq!(harmless("7-9"), "7-9");
    }
}
