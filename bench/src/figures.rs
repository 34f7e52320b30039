//! Figures, and how they are shown.

use std::fmt::Write as _;
use std::time::Duration;

/// What was measured, in the order it was measured in.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
    /// The slowest of twenty, for latencies.
    p95: Option<f64>,
}

impl Figures {
    /// Many durations of the same thing.
    pub fn latencies(&mut self, what: &str, mut all: Vec<Duration>) {
        all.sort();
        let at = |part: usize| milliseconds(all[(all.len() * part / 100).min(all.len() - 1)]);
        eprintln!("  {what}: {:.1} ms", at(50));
        self.0.push(Figure {
            what: what.to_owned(),
            value: at(50),
            unit: "ms",
            p95: Some(at(95)),
        });
    }

    /// A figure that is a median already, or was measured once.
    pub fn value(&mut self, what: &str, value: f64, unit: &'static str) {
        eprintln!("  {what}: {value:.1} {unit}");
        self.0.push(Figure {
            what: what.to_owned(),
            value,
            unit,
            p95: None,
        });
    }
}

/// The middle one.
pub fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// In milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Both databases side by side, as Markdown.
pub fn table(sqlite: &Figures, postgres: &Figures) -> String {
    let mut table = String::from(
        "| what | SQLite p50 | p95 | PostgreSQL p50 | p95 | ratio |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for (one, two) in sqlite.0.iter().zip(&postgres.0) {
        let p95 = |figure: &Figure| {
            figure
                .p95
                .map_or(String::new(), |p95| shown(p95, figure.unit))
        };
        let _ = writeln!(
            table,
            "| {} | {} | {} | {} | {} | {:.2} |",
            one.what,
            shown(one.value, one.unit),
            p95(one),
            shown(two.value, two.unit),
            p95(two),
            two.value / one.value
        );
    }
    table
}

fn shown(value: f64, unit: &str) -> String {
    if value < 10.0 {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// What this runs on.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model = std::fs::read_to_string("/proc/cpuinfo")
        .ok()
        .and_then(|info| {
            let line = info.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(": ")?.1.to_owned())
        })
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{cores} cores, {model}")
}
