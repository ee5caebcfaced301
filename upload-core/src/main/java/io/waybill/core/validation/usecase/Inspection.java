package io.waybill.core.validation.usecase;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStores;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.validation.FileInspector;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.core.validation.Pace;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks everybody who has something to say of a stored file. */
final class Inspection {

  /** Who says whether the bytes are those that were sent. */
  static final String STORED_OBJECT = "stored-object";

  private static final String VERSION = "1";

  private final Ports<? extends DatasetStores> ports;
  private final ObjectReader reader;
  private final FileInspector inspector;
  private final Pace pace;

  Inspection(
      Ports<? extends DatasetStores> ports,
      ObjectReader reader,
      FileInspector inspector,
      Pace pace) {
    this.ports = ports;
    this.reader = reader;
    this.inspector = inspector;
    this.pace = pace;
  }

  /**
   * All that was said, the check of the object itself first.
   *
   * @param sha256 that a worker has summed of all bytes; null where none has
   */
  record Report(List<ValidationResult> results, @Nullable String sha256) {

    boolean isOfOtherBytes() {
      return results.stream().anyMatch(r -> hasFailed(r) && r.validator().equals(STORED_OBJECT));
    }

    boolean isFaulty() {
      return results.stream().anyMatch(Report::hasFailed);
    }

    private static boolean hasFailed(ValidationResult result) {
      return result.status() == ValidationStatus.FAILED;
    }
  }

  Report of(Due due) {
    Instant started = ports.now();
    StoredFile file = new StoredFile(reader, due.dataset());
    if (!file.isThere()) {
      String gone = "storage has no such object, or another under its key";
      return new Report(List.of(object(Map.of(), List.of(gone), started)), null);
    }
    String sum = due.checksumMode().isByServer() ? file.sha256(pace) : null;
    ValidationResult object = object(file, due.dataset(), sum, started);
    if (object.status() == ValidationStatus.FAILED) {
      return new Report(List.of(object), null);
    }
    return due.isInUse()
        ? new Report(List.of(object), sum)
        : new Report(withReaders(object, due.dataset(), file), sum);
  }

  private ValidationResult object(
      StoredFile file, Dataset dataset, @Nullable String sum, Instant started) {
    Map<String, Object> said = new TreeMap<>();
    said.put("size_bytes", file.sizeBytes());
    if (sum != null) {
      said.put("checksum_sha256", sum);
    }
    String reported = dataset.checksumSha256();
    List<String> errors =
        sum == null || reported == null || sum.equals(reported)
            ? List.of()
            : List.of(
                "the stored bytes have the SHA-256 " + sum + ", its client has said " + reported);
    return object(said, errors, started);
  }

  private ValidationResult object(Map<String, Object> said, List<String> errors, Instant started) {
    ValidationStatus status = errors.isEmpty() ? ValidationStatus.PASSED : ValidationStatus.FAILED;
    return new ValidationResult(
        ports.ids().next(), STORED_OBJECT, VERSION, status, said, errors, started, ports.now());
  }

  private List<ValidationResult> withReaders(
      ValidationResult object, Dataset dataset, StoredFile file) {
    Instant started = ports.now();
    Subject subject =
        new Subject(dataset.originalFilename(), dataset.contentType(), file.sizeBytes());
    List<ValidationResult> all = new ArrayList<>(List.of(object));
    for (Judgement said : inspector.inspect(subject, file)) {
      all.add(
          new ValidationResult(
              ports.ids().next(),
              said.validator(),
              said.validatorVersion(),
              said.status(),
              said.extracted(),
              said.errors(),
              started,
              ports.now()));
    }
    return all;
  }
}
