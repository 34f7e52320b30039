//! Which address shows which screen.

use super::deliverability::DeliverabilityPage;
use super::frame::Frame;
use super::history::HistoryPage;
use super::messages::MessagesPage;
use super::not_found::NotFoundPage;
use super::people::{
    GroupsPage, ImportPage, ImportsPage, NewPersonPage, PeoplePage, PersonPage, PersonStoryPage,
};
use super::settings::SettingsPage;
use super::texts::TextsPage;
use super::training::form::{EditTrainingPage, NewTrainingPage};
use super::training::{
    AttendanceRoute, DocumentsRoute, FormBuilderRoute, InvitationsRoute, OverviewRoute,
    ParticipantsRoute, RegistrationRoute, TrainingPage, TrainingTextsRoute,
};
use super::trainings::TrainingsPage;
use leptos::prelude::*;
use leptos_router::SsrMode;
use leptos_router::components::{ParentRoute, Redirect, Route, Routes};
use leptos_router::path;

/// The pages. The server waits for what a page shows and sends it complete: a first screen without gaps.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                <Route
                    path=path!("")
                    view=|| view! { <Redirect path="/trainings"/> }
                    ssr=SsrMode::Async
                />
                <Route path=path!("trainings") view=TrainingsPage ssr=SsrMode::Async/>
                <Route path=path!("trainings/new") view=NewTrainingPage ssr=SsrMode::Async/>
                <Route path=path!("trainings/:id/edit") view=EditTrainingPage ssr=SsrMode::Async/>
                <ParentRoute path=path!("trainings/:id") view=TrainingPage ssr=SsrMode::Async>
                    <Route path=path!("") view=OverviewRoute ssr=SsrMode::Async/>
                    <Route path=path!("invitations") view=InvitationsRoute ssr=SsrMode::Async/>
                    <Route path=path!("invitations/texts") view=TrainingTextsRoute ssr=SsrMode::Async/>
                    <Route path=path!("registration") view=RegistrationRoute ssr=SsrMode::Async/>
                    <Route
                        path=path!("registration/form")
                        view=FormBuilderRoute
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("participants") view=ParticipantsRoute ssr=SsrMode::Async/>
                    <Route path=path!("attendance") view=AttendanceRoute ssr=SsrMode::Async/>
                    <Route path=path!("documents") view=DocumentsRoute ssr=SsrMode::Async/>
                </ParentRoute>
                <Route path=path!("people") view=PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("people/new") view=NewPersonPage ssr=SsrMode::Async/>
                <Route path=path!("people/groups") view=GroupsPage ssr=SsrMode::Async/>
                <Route path=path!("people/import") view=ImportsPage ssr=SsrMode::Async/>
                <Route path=path!("people/import/:id") view=ImportPage ssr=SsrMode::Async/>
                <Route path=path!("people/:id") view=PersonPage ssr=SsrMode::Async/>
                <Route path=path!("people/:id/story") view=PersonStoryPage ssr=SsrMode::Async/>
                <Route path=path!("messages") view=MessagesPage ssr=SsrMode::Async/>
                <Route path=path!("settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("settings/sender") view=DeliverabilityPage ssr=SsrMode::Async/>
                <Route path=path!("settings/texts") view=TextsPage ssr=SsrMode::Async/>
                <Route path=path!("settings/history") view=HistoryPage ssr=SsrMode::Async/>
            </ParentRoute>
        </Routes>
    }
}
