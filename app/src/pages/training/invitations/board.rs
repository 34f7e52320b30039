//! The tab once its first answer is here: the toolbar, the blocks, and everything that opens over them.

use super::batches::Batches;
use super::block::InvitationBlock;
use super::from_file::{FileDialog, FileDrop, may_import};
use super::last_visit::LastVisit;
use super::live::{self, Listener};
use super::menu::RowMenu;
use super::moved::Moved;
use super::notice::{SelectionNotice, say_validated, tell_news};
use super::reminders::RemindersDialog;
use super::repair::{RepairDialog, Repairing};
use super::send::SendPanel;
use super::store::{BLOCKS, Board};
use crate::components::{
    ErrorBox, ExportLinks, PasteDialog, SearchBox, SelectionPanel, use_announcer,
};
use crate::pages::people::import::GivenFile;
use crate::pages::training::story::StoryDialog;
use crate::remembered::panel_is_open;
use crate::tr;
use convoke_domain::selection::PeopleList;
use convoke_domain::view::{BlocksView, PasteTarget, SendRequest, ValidateOutcome};
use convoke_domain::{InvitationState, TrainingId, UserId};
use leptos::prelude::*;

/// What opens over the blocks.
#[derive(Clone, Copy)]
pub struct Over {
    /// The selection panel.
    pub choosing: RwSignal<bool>,
    /// *Paste e-mails or mobiles*.
    pub pasting: RwSignal<bool>,
    /// *Import a file*.
    pub importing: RwSignal<bool>,
    /// The file that was dropped on the tab.
    pub dropped: RwSignal<Option<GivenFile>>,
    /// *Reminders*.
    pub reminding: RwSignal<bool>,
    /// The request that the send dialog is about, while it is open.
    pub sending: RwSignal<Option<SendRequest>>,
    /// The person whose story is told, and their name.
    pub story: RwSignal<Option<(UserId, String)>>,
    /// The person for whom something is put right.
    pub repairing: RwSignal<Option<Repairing>>,
    /// The row whose menu is open.
    pub menu: RwSignal<Option<super::menu::OpenMenu>>,
}

/// The toolbar and the blocks.
#[component]
pub fn InvitationBoard(
    /// The training.
    training_id: TrainingId,
    /// The first answer of the server.
    view: BlocksView,
) -> impl IntoView {
    let board = Board::new(training_id, view);
    let over = Over {
        choosing: RwSignal::new(false),
        pasting: RwSignal::new(false),
        importing: RwSignal::new(false),
        reminding: RwSignal::new(false),
        dropped: RwSignal::new(None),
        sending: RwSignal::new(None),
        story: RwSignal::new(None),
        repairing: RwSignal::new(None),
        menu: RwSignal::new(None),
    };
    // In the browser only: a dialog is opened by its script.
    Effect::new(move |_| {
        if panel_is_open() {
            over.choosing.set(true);
        }
    });
    let may_import = may_import();
    let validated = RwSignal::new(None::<ValidateOutcome>);
    let lost = RwSignal::new(false);
    let announcer = use_announcer();

    live::listen(
        training_id,
        Listener {
            announced: Callback::new(move |version| board.announced(version)),
            doubtful: Callback::new(move |()| board.refetch()),
            lost,
        },
    );
    tell_news(board);
    let on_validated = Callback::new(move |outcome: ValidateOutcome| {
        announcer.toast(say_validated(&outcome));
        validated.set(Some(outcome));
        board.refetch();
    });
    let beside = Memo::new(move |_| {
        let states = [InvitationState::Waiting, InvitationState::Declined];
        states
            .into_iter()
            .filter(|state| board.count(*state) > 0)
            .collect::<Vec<_>>()
    });
    let some_beside = Memo::new(move |_| beside.with(|states| !states.is_empty()));

    view! {
        <div class="toolbar invitations-toolbar">
            <button
                type="button"
                class="button button-primary"
                on:click=move |_| over.choosing.set(true)
            >
                {tr!("invitations-choose")}
            </button>
            <button
                type="button"
                class="button"
                aria-haspopup="dialog"
                on:click=move |_| over.pasting.set(true)
            >
                {tr!("paste-title")}
            </button>
            {may_import
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            aria-haspopup="dialog"
                            on:click=move |_| over.importing.set(true)
                        >
                            {tr!("invitations-import")}
                        </button>
                    }
                })}
            <a class="button" href=format!("/trainings/{training_id}/invitations/texts")>
                {tr!("texts-open")}
            </a>
            <button
                type="button"
                class="button"
                aria-haspopup="dialog"
                on:click=move |_| over.reminding.set(true)
            >
                {move || tr!("reminders-open", count = board.summary.with(|s| s.reminders))}
            </button>
            <SearchBox
                label=tr!("invitations-find")
                placeholder=tr!("invitations-find")
                on_search=move |text| board.search(text)
            />
            <Progress board lost/>
            // Everyone with their states and answers.
            <ExportLinks
                file="participants"
                before=format!("/api/trainings/{training_id}/")
                labels=[tr!("export-csv"), tr!("export-xlsx")]
            />
        </div>
        {move || {
            board
                .problem
                .get()
                .map(|error| {
                    view! {
                        <div class="invitations-problem">
                            <ErrorBox error on_retry=move |()| board.refetch()/>
                        </div>
                    }
                })
        }}
        <LastVisit training_id/>
        <Moved board over/>
        <Batches board/>
        <SelectionNotice validated/>
        <div class="blocks">
            {BLOCKS[..3]
                .iter()
                .map(|state| view! { <InvitationBlock board over state=*state/> })
                .collect_view()}
        </div>
        {move || {
            some_beside
                .get()
                .then(|| {
                    view! {
                        <div class="blocks-beside">
                            <For each=move || beside.get() key=|state| *state let:state>
                                <InvitationBlock board over state/>
                            </For>
                        </div>
                    }
                })
        }}
        <RowMenu board over/>
        <SendPanel board over/>
        <RemindersDialog board over/>
        <RepairDialog opened=over.repairing on_done=Callback::new(move |()| board.refetch())/>
        <StoryDialog training=training_id person=over.story/>
        <PasteDialog
            target=move |()| PasteTarget::Training(training_id)
            open=over.pasting
            on_pasted=move |_| board.refetch()
        />
        {may_import
            .then(|| {
                view! {
                    <FileDrop over/>
                    <FileDialog training=training_id over/>
                }
            })}
        <SelectionPanel
            list=PeopleList::Participants(training_id)
            title=tr!("panel-title")
            open=over.choosing
            on_validated
        />
    }
}

/// What is on its way, and whether the page hears of it.
#[component]
fn Progress(
    /// The tab's memory.
    board: Board,
    /// Whether the live connection is lost.
    lost: RwSignal<bool>,
) -> impl IntoView {
    let in_progress = Memo::new(move |_| board.summary.with(|s| s.in_progress));
    view! {
        <p class="invitations-progress toolbar-end">
            {move || {
                let count = in_progress.get();
                (count > 0)
                    .then(|| {
                        view! {
                            <span class="spinner" aria-hidden="true"></span>
                            <span>{tr!("invitations-in-progress", count = count)}</span>
                        }
                    })
            }}
            {move || {
                lost.get()
                    .then(|| view! { <span class="badge badge-neutral">{tr!("live-lost")}</span> })
            }}
        </p>
    }
}
