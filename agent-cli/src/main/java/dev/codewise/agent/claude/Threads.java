package dev.codewise.agent.claude;

/** Starts the threads that look after the streams of a process; none of them keeps the program alive. */
final class Threads {

    private Threads() {}

    static Thread startDaemon(String name, Runnable work) {
        var thread = daemon(name, work);
        thread.start();
        return thread;
    }

    static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
