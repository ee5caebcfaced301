package io.waybill.agent.download;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;

/** Where ranges of one object come from. Safe for use by several threads. */
interface RangeSource {

  /** Where bytes go, in order. */
  @FunctionalInterface
  interface Sink {

    /**
     * Keeps a piece.
     *
     * @throws IOException when this machine cannot keep it
     */
    void take(ByteBuffer piece) throws IOException;
  }

  /**
   * Fetches {@code length} bytes from {@code start} on. It never passes on a byte that is not of
   * that range of that object.
   *
   * @throws IOException of the sink alone
   */
  Fetched fetch(URI url, long start, long length, Sink sink) throws IOException;
}
