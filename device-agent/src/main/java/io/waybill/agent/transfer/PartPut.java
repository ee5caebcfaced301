package io.waybill.agent.transfer;

import java.net.URI;
import java.nio.channels.FileChannel;
import java.util.Map;

/**
 * One part on its way: these bytes of this file to this URL.
 *
 * @param headers what the URL was signed with; {@code Host} and {@code Content-Length} go by
 *     themselves
 * @param seal decides about the last piece
 */
public record PartPut(
    URI url, Map<String, String> headers, FileChannel file, long offset, long length, Seal seal) {

  /** Told what a part is before it is whole on the wire, so that its sum is known first. */
  @FunctionalInterface
  public interface Seal {

    /**
     * Everything but the last piece of the part has left. Called on a thread that must not be held
     * up.
     *
     * @param crc32c of the whole part, over the bytes that are sent
     * @return whether the last piece may follow; without it no store takes the part
     */
    boolean mayEnd(int crc32c);
  }

  public PartPut {
    headers = Map.copyOf(headers);
  }

  /** Never the query: a presigned URL is a secret. */
  @Override
  public String toString() {
    return "PUT " + url.getRawPath() + " [" + offset + ", " + (offset + length) + ")";
  }
}
