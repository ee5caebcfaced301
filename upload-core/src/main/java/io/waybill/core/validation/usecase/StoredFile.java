package io.waybill.core.validation.usecase;

import io.waybill.core.Outage;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.ObjectReader.StoredRange;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.validation.FileInspector;
import io.waybill.core.validation.Pace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The object of a dataset, as its upload has left it: those bytes, or none. */
final class StoredFile implements FileInspector.Bytes {

  /** So much of a file is held while it is summed, whatever its size. */
  static final int BLOCK = 8 << 20;

  private final ObjectReader reader;
  private final ObjectLocation location;
  private final StoredObject object;

  StoredFile(ObjectReader reader, Dataset dataset) {
    this.reader = reader;
    this.location = Objects.requireNonNull(dataset.location());
    this.object = Objects.requireNonNull(dataset.object());
  }

  long sizeBytes() {
    return object.sizeBytes();
  }

  /** Whether storage still has that object, and as many bytes of it. */
  boolean isThere() {
    return reader.read(range(object.sizeBytes() - 1, 1)).isPresent();
  }

  @Override
  public byte[] read(long offset, int length) {
    long end = Math.min(offset + length, object.sizeBytes());
    if (offset < 0 || length < 0 || offset >= end) {
      return new byte[0];
    }
    return reader
        .read(range(offset, (int) (end - offset)))
        .orElseThrow(() -> Outage.storage("the object has gone while it was read", new Gone()));
  }

  private StoredRange range(long from, int length) {
    return new StoredRange(location, object.versionId(), object.etag(), from, length);
  }

  /** SHA-256 of all its bytes, lower-case hex. */
  String sha256(Pace pace) {
    MessageDigest digest = digest();
    for (long from = 0; from < object.sizeBytes(); from += BLOCK) {
      pace.take(Math.min(BLOCK, object.sizeBytes() - from));
      digest.update(read(from, BLOCK));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static final class Gone extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
