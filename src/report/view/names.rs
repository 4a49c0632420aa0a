//! What ids are called.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::InstanceDoc;

/// Names of actors and places by id.
#[derive(Debug)]
pub(in crate::report) struct Names<'a> {
    names: BTreeMap<&'a str, &'a str>,
    /// WHY apart: places have ids of their own, which may be those of actors.
    places: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    /// The names in the instance; only those of `named` where it is given.
    pub(super) fn new(
        document: &'a InstanceDoc,
        named: Option<(&BTreeSet<&str>, &BTreeSet<&str>)>,
    ) -> Self {
        let states = document.states.iter().map(|x| (&x.id, &x.name));
        let organisations = document.organisations.iter().map(|x| (&x.id, &x.name));
        let people = document.people.iter().map(|x| (&x.id, &x.name));
        let mediators = document.mediators.iter().map(|x| (&x.id, &x.name));
        let interpreters = document.interpreters.iter().map(|x| (&x.id, &x.name));
        let places = document.places.iter().map(|x| (&x.id, &x.name));
        let all = states.chain(organisations).chain(people).chain(mediators).chain(interpreters);
        let told = |id: &str, of: Option<&BTreeSet<&str>>| of.is_none_or(|of| of.contains(id));
        let named_in = |(id, name): (&'a String, &'a Option<String>), of| {
            let name = name.as_ref().filter(|_| told(id, of))?;
            Some((id.as_str(), name.as_str()))
        };
        Self {
            names: all.filter_map(|one| named_in(one, named.map(|(actors, _)| actors))).collect(),
            places: places.filter_map(|one| named_in(one, named.map(|(_, p)| p))).collect(),
        }
    }

    /// What a place is called; its id where it has no name.
    pub(in crate::report) fn place<'n>(&self, id: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.places.get(id).copied().unwrap_or(id)
    }

    /// What an id is called; the id itself where it has no name.
    pub(in crate::report) fn of<'n>(&self, id: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.names.get(id).copied().unwrap_or(id)
    }

    /// Whether an id has a name other than itself.
    pub(in crate::report) fn has(&self, id: &str) -> bool {
        self.names.get(id).is_some_and(|name| *name != id)
    }
}
