package org.postern.connector;

/** A call of a {@link WorkQueue}, or what is done instead where it is given up. */
record TestCall(Runnable call, Runnable otherwise) implements WorkQueue.Call {

    /** {@return one that must not be given up} */
    static TestCall of(Runnable call) {
        return new TestCall(call, () -> {
            throw new AssertionError("given up");
        });
    }

    @Override
    public void run() {
        call.run();
    }

    @Override
    public void giveUp() {
        otherwise.run();
    }
}
