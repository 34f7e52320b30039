//! What stands above every page while marks of attendance wait on the device, or need attention.

use crate::api::ApiError;
use crate::components::{AskFirst, ErrorBox, Glyph, Icon};
use crate::marks::{Line, waiting_marks};
use crate::tr;
use convoke_domain::{Refusal, TrainingId};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Comes and goes by itself. Waiting marks that are about to be sent are not worth a word.
#[component]
pub fn MarksNotice() -> impl IntoView {
    let marks = waiting_marks();
    marks.watch();
    let stand = Memo::new(move |_| {
        let count = marks.waiting();
        (count > 0).then(|| (marks.line.get(), count))
    });
    // The training of the first that needs attention, and how many do.
    let attention = Memo::new(move |_| {
        marks.with(|all| {
            let mut refused = all.iter().filter(|(_, mark)| !mark.waits());
            let first = refused.next().map(|(place, _)| place.training)?;
            Some((first, refused.count() + 1))
        })
    });
    view! {
        <div class="marks-notice" role="status">
            {move || {
                let (line, count) = stand.get()?;
                let words = match line {
                    Line::Good => return None,
                    Line::SignedOut => {
                        return Some(
                            view! {
                                <ErrorBox error=ApiError::Refused(Refusal::NotSignedIn)/>
                                <p class="marks-more">{tr!("marks-signed-out", count = count)}</p>
                            }
                                .into_any(),
                        );
                    }
                    Line::Away => tr!("marks-waiting", count = count),
                    Line::Refusing => tr!("marks-refusing", count = count),
                };
                Some(
                    view! {
                        <div class="notice notice-info">
                            <Icon glyph=Glyph::Clock size=18/>
                            <p class="notice-text">{words}</p>
                        </div>
                    }
                        .into_any(),
                )
            }}
        </div>
        {move || attention.get().map(|(training, count)| view! { <Attention training count/> })}
    }
}

/// On other pages than the training's own, which says more.
#[component]
fn Attention(training: TrainingId, count: usize) -> impl IntoView {
    let marks = waiting_marks();
    let address = format!("/trainings/{training}/attendance");
    let path = use_location().pathname;
    let there = address.clone();
    let elsewhere = Memo::new(move |_| path.with(|path| *path != there));
    move || {
        let address = address.clone();
        elsewhere.get().then(|| {
            view! {
                <div class="notice notice-problem marks-notice-attention" role="alert">
                    <Icon glyph=Glyph::Warning/>
                    <p class="notice-text">{tr!("marks-attention", count = count)}</p>
                    <a class="button" href=address>{tr!("marks-look")}</a>
                    <AskFirst
                        class="marks-discard"
                        words=tr!("marks-discard")
                        question=tr!("marks-discard-sure", count = count)
                        busy=Signal::stored(false)
                        on_yes=move |()| marks.discard(|_, mark| !mark.waits())
                    />
                </div>
            }
        })
    }
}
