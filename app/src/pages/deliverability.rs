//! Whether the sender of e-mails is one that receivers believe, line by line, and what to do.

use crate::api::ApiError;
use crate::api::deliverability::sender;
use crate::components::{CopyButton, ErrorBox, Glyph, Icon, PageTitle, SkeletonRows};
use crate::tr;
use convoke_domain::view::{DnsRecord, SenderFinding, SenderView, Verdict};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page *Deliverability*. It asks once the page is there: the DNS may take its time.
#[component]
pub fn DeliverabilityPage() -> impl IntoView {
    let found = RwSignal::new(None::<Result<SenderView, ApiError>>);
    let busy = RwSignal::new(false);
    let look = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = sender().await;
            found.try_set(Some(answer));
            busy.try_set(false);
        });
    };
    Effect::new(move |first: Option<()>| {
        if first.is_none() {
            look();
        }
    });
    view! {
        <div class="page-head">
            <div class="page-head-text">
                <PageTitle title=tr!("sender-title")/>
                <p class="page-intro">{tr!("sender-lead")}</p>
            </div>
            <div class="page-actions">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || busy.get().then_some("true")
                    on:click=move |_| look()
                >
                    {tr!("sender-again")}
                </button>
            </div>
        </div>
        <p class="visually-hidden" role="status">
            {move || {
                if busy.get() || found.with(Option::is_none) {
                    tr!("sender-looking")
                } else {
                    tr!("sender-looked")
                }
            }}
        </p>
        {move || match found.get() {
            None => view! { <div class="card"><SkeletonRows rows=6/></div> }.into_any(),
            Some(Ok(view)) => view! { <Findings view/> }.into_any(),
            Some(Err(error)) => view! { <ErrorBox error on_retry=move |()| look()/> }.into_any(),
        }}
    }
}

#[component]
fn Findings(view: SenderView) -> impl IntoView {
    if view.from.is_empty() {
        return view! { <p class="card sender-finding">{tr!("sender-none")}</p> }.into_any();
    }
    view! {
        <p class="sender-from">{tr!("sender-from", address = view.from.as_str())}</p>
        <ul class="sender-findings">
            {view.findings.into_iter().map(|finding| view! { <Finding finding/> }).collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Finding(finding: SenderFinding) -> impl IntoView {
    let (glyph, class, words) = match finding.verdict {
        Verdict::Good => (Glyph::Check, "badge badge-confirmed", tr!("sender-is-good")),
        Verdict::Better => (Glyph::Info, "badge badge-to-send", tr!("sender-is-better")),
        Verdict::Wrong => (
            Glyph::Warning,
            "badge badge-problem",
            tr!("sender-is-wrong"),
        ),
        Verdict::Unknown => (Glyph::Info, "badge badge-neutral", tr!("sender-is-unknown")),
    };
    let title = tr!("sender-aspect", aspect = finding.aspect.as_str());
    let reason = finding.reason;
    let says = tr!(&reason);
    view! {
        <li class="card sender-finding">
            <h2 class="sender-aspect">
                {title} " " <span class=class><Icon glyph size=14/> " " {words}</span>
            </h2>
            <p>{says}</p>
            {(!finding.seen.is_empty())
                .then(|| {
                    view! {
                        <ul class="sender-seen">
                            {finding
                                .seen
                                .into_iter()
                                .map(|seen| view! { <li><code>{seen}</code></li> })
                                .collect_view()}
                        </ul>
                    }
                })}
            {finding.publish.map(publish)}
        </li>
    }
}

/// The record to publish, with a button for each part.
fn publish(record: DnsRecord) -> impl IntoView {
    let DnsRecord { name, kind, value } = record;
    view! {
        <p class="sender-publish">{tr!("sender-publish")}</p>
        <dl class="sender-record">
            <dt>{tr!("sender-record-kind")}</dt>
            <dd><code>{kind}</code></dd>
            <dt>{tr!("sender-record-name")}</dt>
            <dd>
                <code>{name.clone()}</code>
                <CopyButton text=Signal::stored(name) label=tr!("sender-copy-name")/>
            </dd>
            <dt>{tr!("sender-record-value")}</dt>
            <dd>
                <code>{value.clone()}</code>
                <CopyButton text=Signal::stored(value) label=tr!("sender-copy-value")/>
            </dd>
        </dl>
    }
}
