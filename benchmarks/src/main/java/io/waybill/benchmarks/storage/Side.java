package io.waybill.benchmarks.storage;

import java.io.IOException;

/** One of those that are compared. Each caller gets a {@link Client} of its own. */
interface Side {

  String name();

  /** The process that answers, or 0 where it is the store's own. */
  long pid();

  Client client() throws IOException;

  /** One kept connection and what can be asked over it. */
  interface Client extends AutoCloseable {

    /** Creates a small upload. */
    void create() throws IOException;

    /** Creates a small upload and sends its only part; what completes it. */
    Completion stored() throws IOException;

    /** Signs some parts of an upload that is there; false where this side has no such thing. */
    boolean sign(int parts, boolean compact) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The last step of an upload, over any connection. */
  interface Completion {
    void by(Client client) throws IOException;
  }
}
