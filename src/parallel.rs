//! Work on many items by all threads.
//!
//! An iterator of rayon is compiled anew for each use, with all that divides its work: some sixty uses made a seventh
//! of the code that the compiler had to translate. Here that is compiled once, in [`spread`]; a use adds a loop over
//! some of its items.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// In how many parts the work is divided for each thread, at least, so that none waits long for a slow one.
const PARTS_PER_THREAD: usize = 8;
/// How many items make a part at most: the rest waits for a thread that has such a part left.
const MOST_ITEMS: usize = 64;

/// What a function gives for each item, in their order.
pub(crate) fn map<'t, T: Sync, R: Send>(
    items: &'t [T],
    give: impl Fn(&'t T) -> R + Sync,
) -> Vec<R> {
    let size = part_size(items.len());
    in_parts(items.len(), |n| part(items, n, size).iter().map(&give).collect())
}

/// The same for each number below `count`.
pub(crate) fn map_numbers<R: Send>(count: usize, give: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let size = part_size(count);
    in_parts(count, |n| (n * size..count.min((n + 1) * size)).map(&give).collect())
}

/// The same for items that are taken.
pub(crate) fn map_taken<T: Send, R: Send>(items: Vec<T>, give: impl Fn(T) -> R + Sync) -> Vec<R> {
    let count = items.len();
    let size = part_size(count);
    let mut items = items.into_iter();
    let parts: Vec<Mutex<Vec<T>>> = std::iter::repeat_with(|| items.by_ref().take(size).collect())
        .take(count.div_ceil(size))
        .map(Mutex::new)
        .collect();
    in_parts(count, |n| std::mem::take(&mut *parts[n].lock()).into_iter().map(&give).collect())
}

/// Does something with each item.
pub(crate) fn for_each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let size = part_size(items.len());
    spread(items.len().div_ceil(size), &|n| part(items, n, size).iter().for_each(&work));
}

/// Does something with each item, which may change; the number is the item's place.
pub(crate) fn for_each_mut<T: Send>(items: &mut [T], work: impl Fn(usize, &mut T) + Sync) {
    let size = part_size(items.len());
    let parts: Vec<Mutex<&mut [T]>> = items.chunks_mut(size).map(Mutex::new).collect();
    spread(parts.len(), &|n| {
        let mut part = parts[n].lock();
        (n * size..).zip(part.iter_mut()).for_each(|(at, item)| work(at, item));
    });
}

/// Does something with each item until it fails for one.
pub(crate) fn try_for_each<T: Sync, E: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let has_failed = AtomicBool::new(false);
    let failure = Mutex::new(None);
    for_each(items, |item| {
        if has_failed.load(Ordering::Relaxed) {
            return;
        }
        if let Err(error) = work(item) {
            has_failed.store(true, Ordering::Relaxed);
            *failure.lock() = Some(error);
        }
    });
    failure.into_inner().map_or(Ok(()), Err)
}

/// How many of so many items make a part; at least one.
fn part_size(count: usize) -> usize {
    count.div_ceil(PARTS_PER_THREAD * rayon::current_num_threads()).clamp(1, MOST_ITEMS)
}

fn part<T>(items: &[T], number: usize, size: usize) -> &[T] {
    &items[number * size..items.len().min((number + 1) * size)]
}

/// What the parts of so many items give, one part after the other.
fn in_parts<R: Send>(count: usize, give: impl Fn(usize) -> Vec<R> + Sync) -> Vec<R> {
    let parts = count.div_ceil(part_size(count));
    let given = Mutex::new(Vec::from_iter((0..parts).map(|_| Vec::new())));
    spread(parts, &|n| {
        let part = give(n);
        given.lock()[n] = part;
    });
    let mut all = Vec::with_capacity(count);
    for part in given.into_inner() {
        all.extend(part);
    }
    all
}

/// Does a work of so many parts by all threads.
fn spread(parts: usize, work: &(dyn Fn(usize) + Sync)) {
    match parts {
        0 => {}
        1 => work(0),
        _ => (0..parts).into_par_iter().with_max_len(1).for_each(work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_items() {
        for count in [0, 1, 2, 15, 16, 17, 100, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let twice: Vec<usize> = items.iter().map(|n| n * 2).collect();
            assert_eq!(map(&items, |n| n * 2), twice);
            assert_eq!(map_numbers(count, |n| n * 2), twice);
            assert_eq!(map_taken(items.clone(), |n| n * 2), twice);
            let mut changed = items.clone();
            for_each_mut(&mut changed, |at, n| *n += at);
            assert_eq!(changed, twice);
            let sum = Mutex::new(0);
            for_each(&items, |n| *sum.lock() += n);
            assert_eq!(sum.into_inner(), items.iter().sum::<usize>());
        }
    }

    #[test]
    fn a_failure_is_given_and_ends_the_work() {
        let items: Vec<usize> = (0..100).collect();
        let fails = |n: &usize| if *n == 40 { Err(*n) } else { Ok(()) };
        assert_eq!(try_for_each(&items, fails), Err(40));
        assert_eq!(try_for_each(&items, |_| Ok::<(), ()>(())), Ok(()));
    }
}
