//! Tasks that stay on their thread.

use std::future::Future;

/// Runs tasks on the thread that starts them. The thread must be inside a `tokio::task::LocalSet`.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalExecutor;

impl<F> hyper::rt::Executor<F> for LocalExecutor
where
    F: Future<Output = ()> + 'static,
{
    fn execute(&self, future: F) {
        tokio::task::spawn_local(future);
    }
}
