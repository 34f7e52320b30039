//! The devices that have opened a training's list; one that is locked to the training is unlocked here by whoever does not have its PIN. Beside the
//! participants and beside the training code.

use super::fresh::Fresh;
use crate::api::ApiError;
use crate::api::registration::{devices, release_device};
use crate::components::{Announcer, ErrorBox, use_announcer};
use crate::patience::patient;
use crate::{focus, tr};
use convoke_domain::TrainingId;
use convoke_domain::view::{DeviceRow, DevicesView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the card holds while it is open: signals, so it is copied freely.
#[derive(Clone, Copy)]
pub struct Devices {
    training: TrainingId,
    view: RwSignal<DevicesView>,
    problem: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    /// Asks the server.
    pub fresh: Fresh,
    announcer: Announcer,
}

impl Devices {
    /// Of a training; the browser asks for them once the page is there.
    pub fn new(training: TrainingId) -> Self {
        let all = Self {
            training,
            view: RwSignal::new(DevicesView::default()),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
            fresh: Fresh::new(),
            announcer: use_announcer(),
        };
        all.fresh.asks(move || all.load());
        Effect::new(move |_| all.fresh.refresh());
        all
    }

    async fn load(self) -> bool {
        match patient(devices(self.training)).await {
            Ok(view) => {
                if self.view.try_with_untracked(|old| *old != view) == Some(true) {
                    self.view.set(view);
                }
                self.problem.try_set(None);
                true
            }
            Err(error) => {
                self.problem.try_set(Some(error));
                false
            }
        }
    }

    fn release(self, device: DeviceRow) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match release_device(self.training, device.id).await {
                Ok(()) => {
                    let words = tr!("devices-released", name = device.name);
                    self.announcer.toast(words);
                    focus::catch("#devices-title".to_owned());
                }
                Err(error) => {
                    self.problem.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
            self.fresh.refresh();
        });
    }
}

/// The card; there is none while no device has opened the list.
#[component]
pub fn DevicesCard(devices: Devices) -> impl IntoView {
    let is_there = Memo::new(move |_| {
        devices.view.with(|view| !view.rows.is_empty()) || devices.problem.with(Option::is_some)
    });
    move || {
        is_there.get().then(|| {
            view! {
                <section class="card devices-card" aria-labelledby="devices-title">
                    <h2 id="devices-title" tabindex="-1">
                        {tr!("devices-title")}
                    </h2>
                    <p class="muted">{tr!("devices-text")}</p>
                    {move || {
                        devices
                            .problem
                            .get()
                            .map(|error| view! { <ErrorBox error on_retry=move |()| devices.fresh.refresh()/> })
                    }}
                    <ul class="devices-rows">
                        <For
                            each=move || {
                                devices.view.with(|view| view.rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>())
                            }
                            key=Clone::clone
                            let:id
                        >
                            <Row devices id/>
                        </For>
                    </ul>
                    {move || {
                        let more = devices.view.with(|view| view.more);
                        (more > 0)
                            .then(|| view! { <p class="muted">{tr!("devices-more", count = more)}</p> })
                    }}
                </section>
            }
        })
    }
}

#[component]
fn Row(devices: Devices, id: String) -> impl IntoView {
    let row = Memo::new(move |_| {
        devices
            .view
            .with(|view| view.rows.iter().find(|row| row.id == id).cloned())
    });
    let is_locked =
        Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(|row| row.locked.is_some())));
    let said = move |say: fn(&DeviceRow) -> String| {
        move || row.with(|row| row.as_ref().map(say).unwrap_or_default())
    };
    view! {
        <li class="devices-row">
            <div class="devices-name">
                <strong>{said(|row| tr!("device-name", name = row.name.as_str()))}</strong>
                <span class="muted">{said(|row| tr!("devices-seen", when = row.seen.as_str()))}</span>
            </div>
            {move || {
                is_locked
                    .get()
                    .then(|| {
                        view! {
                            <span class="badge badge-sent">
                                {said(|row| {
                                    let since = row.locked.clone().unwrap_or_default();
                                    tr!("devices-locked", since = since)
                                })}
                            </span>
                            <button
                                type="button"
                                class="button button-small"
                                aria-label=said(|row| tr!("devices-release-one", name = row.name.as_str()))
                                aria-disabled=move || devices.busy.get().then_some("true")
                                on:click=move |_| {
                                    if let Some(device) = row.get_untracked() {
                                        devices.release(device);
                                    }
                                }
                            >
                                {tr!("locked-unlock")}
                            </button>
                        }
                    })
            }}
        </li>
    }
}
