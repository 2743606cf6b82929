package dev.codewise.agent.doctor;

/** Looks at one thing that an agent needs. */
public interface Check {

    Finding run() throws InterruptedException;
}
