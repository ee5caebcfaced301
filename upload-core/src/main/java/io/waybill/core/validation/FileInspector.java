package io.waybill.core.validation;

import io.waybill.core.Outage;
import io.waybill.core.dataset.ValidationStatus;
import java.util.List;
import java.util.Map;

/**
 * Looks into stored files: is it what it says that it is, is it whole, and what is in it. Bounded
 * in bytes, time and memory whatever a file holds: what it does to its reader fails that one
 * reader.
 */
public interface FileInspector extends AutoCloseable {

  /**
   * What every reader that takes such a file has to say of it; nothing where none does. Never
   * throws for what a file is.
   *
   * @throws Outage.Storage when its bytes could not be read: nothing is known of it
   */
  List<Judgement> inspect(Subject file, Bytes bytes);

  /** Ends what inspections have left running. */
  @Override
  default void close() {}

  /**
   * A file, as its upload has described it.
   *
   * @param fileName its last name, which may be anything
   * @param contentType as the client gave it
   */
  record Subject(String fileName, String contentType, long sizeBytes) {}

  /** The bytes of one stored object. */
  @FunctionalInterface
  interface Bytes {

    /**
     * A range of them, in one request of storage.
     *
     * @param length how many; fewer are returned only at the end of the object
     * @throws Outage.Storage when storage does not give them
     */
    byte[] read(long offset, int length);
  }

  /**
   * What one reader says.
   *
   * @param status PASSED, FAILED, or SKIPPED where it could not come to an end
   * @param extracted what it has read out of the file, as JSON
   * @param errors what is wrong with it and where, for people; empty unless it FAILED
   */
  record Judgement(
      String validator,
      String validatorVersion,
      ValidationStatus status,
      Map<String, Object> extracted,
      List<String> errors) {
    public Judgement {
      extracted = Map.copyOf(extracted);
      errors = List.copyOf(errors);
    }
  }
}
