//! What clicks and keys do in a column.

use super::{Effect, Key, Said, Selection};
use convoke_domain::view::Side;

impl Selection {
    pub(super) fn click(&mut self, side: Side, index: u32, shift: bool, ctrl: bool) {
        let column = self.column_mut(side);
        if index >= column.total {
            return;
        }
        match (shift, ctrl) {
            (true, beside) => column.pick_to(index, beside),
            (false, true) => column.toggle(index),
            (false, false) => column.pick_one(index),
        }
    }

    pub(super) fn key(&mut self, side: Side, key: Key, shift: bool, ctrl: bool) -> Vec<Effect> {
        let similar = side == Side::Users && self.counts.similar > 0;
        let column = self.column_mut(side);
        if column.total == 0 {
            return Vec::new();
        }
        let last = column.total - 1;
        let page = column.page_rows.max(1);
        let to = match key {
            Key::Up => column.focus.saturating_sub(1),
            Key::Down => (column.focus + 1).min(last),
            Key::Home => 0,
            Key::End => last,
            Key::PageUp => column.focus.saturating_sub(page),
            Key::PageDown => column.focus.saturating_add(page).min(last),
            Key::Space => {
                let index = column.focus;
                if shift {
                    column.pick_to(index, false);
                } else {
                    column.toggle(index);
                }
                return Vec::new();
            }
            Key::A => {
                if !ctrl {
                    return Vec::new();
                }
                // *Everything* means everyone who matches as typed, when it is moved; those who are only similar are named one by one.
                if similar {
                    column.pick_first(column.total);
                } else {
                    column.pick_all();
                }
                let count = column.picked_count();
                return vec![Effect::Say(Said::Selected(count))];
            }
            Key::Enter => {
                let mut effects = self.move_picked(side);
                let column = self.column(side);
                if column.total > 0 {
                    effects.push(Effect::Reveal(side, column.focus));
                }
                return effects;
            }
        };
        if shift {
            column.run_to(to);
        } else {
            column.go_to(to);
        }
        vec![Effect::Reveal(side, to)]
    }
}
