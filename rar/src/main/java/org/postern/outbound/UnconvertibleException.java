package org.postern.outbound;

/** Content that is not converted. Its message is why, to stand behind "as". */
final class UnconvertibleException extends Exception {

    private static final long serialVersionUID = 1L;

    UnconvertibleException(String reason) {
        super(reason);
    }
}
