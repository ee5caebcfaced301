package io.waybill.agent.transfer;

import java.net.URI;
import java.nio.channels.FileChannel;
import java.util.Map;

/**
 * One part on its way: these bytes of this file to this URL.
 *
 * @param headers what the URL was signed with; {@code Host} and {@code Content-Length} go by
 *     themselves
 */
public record PartPut(
    URI url, Map<String, String> headers, FileChannel file, long offset, long length) {

  public PartPut {
    headers = Map.copyOf(headers);
  }

  /** Never the query: a presigned URL is a secret. */
  @Override
  public String toString() {
    return "PUT " + url.getRawPath() + " [" + offset + ", " + (offset + length) + ")";
  }
}
