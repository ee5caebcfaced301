package io.waybill.core.storage;

import io.waybill.core.Outage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is stored, a piece at a time: for workers that look into files. */
@FunctionalInterface
public interface ObjectReader {

  /**
   * GetObject of a range: these bytes or none. Repeated by the adapter where that may help.
   *
   * @return all bytes of the range; empty when there is no such object, or another by now
   * @throws Outage.Storage when storage does not give them, or refuses us
   */
  Optional<byte[]> read(StoredRange range);

  /**
   * Some bytes of an object, all within it.
   *
   * @param versionId null for the object as it is
   * @param etag as HEAD gave it: of an object that has another one nothing is read
   * @param from where they begin, counted from 0
   * @param length how many, at least one
   */
  record StoredRange(
      ObjectLocation location, @Nullable String versionId, String etag, long from, int length) {
    public StoredRange {
      if (from < 0 || length < 1) {
        throw new IllegalArgumentException("no bytes: " + length + " from " + from);
      }
    }
  }
}
