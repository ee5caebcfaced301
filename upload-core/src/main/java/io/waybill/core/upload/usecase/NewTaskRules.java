package io.waybill.core.upload.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectName;
import io.waybill.core.upload.PartPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything that can be wrong with a request for a task, found in one go. */
final class NewTaskRules {

  private static final Set<String> INITIATORS = Set.of("web", "cli", "device", "api");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+-]{1,127}(;[ -~]{0,100})?");

  private final Limits limits;
  private final List<FieldError> errors = new ArrayList<>();
  private final Set<UUID> filled = new HashSet<>();

  private NewTaskRules(Limits limits) {
    this.limits = limits;
  }

  static List<FieldError> check(NewTask task, Limits limits) {
    NewTaskRules rules = new NewTaskRules(limits);
    rules.task(task);
    for (int i = 0; i < task.objects().size(); i++) {
      rules.file("objects[" + i + "].", task.objects().get(i));
    }
    return rules.errors;
  }

  private void task(NewTask task) {
    int count = task.objects().size();
    if (count < 1 || count > limits.batches().taskObjects()) {
      add(
          "objects",
          EntryCode.UPLOAD_OBJECT_COUNT,
          "must hold 1 to " + limits.batches().taskObjects() + " files");
    }
    if (!INITIATORS.contains(task.taskInitiator())) {
      add(
          "task_initiator",
          EntryCode.REQUEST_UNKNOWN_VALUE,
          "must be one of web, cli, device, api");
    }
    String code = task.sourceDeviceCode();
    if (code != null && code.isBlank()) {
      add(
          "source_device_code",
          EntryCode.REQUEST_FIELD_INVALID,
          "must say something, or be left out");
    }
    text("source_device_code", code, 128);
    text("task_name", task.taskName(), 255);
    limits.metadata().check("metadata", task.metadata(), errors);
    if (task.presign() != null) {
      presign(task.presign(), count);
    }
  }

  private void presign(NewTask.Presign presign, int objects) {
    long urls = (long) presign.first() * objects;
    if (presign.first() < 1 || urls > limits.batches().presignParts()) {
      add(
          "presign.first",
          EntryCode.UPLOAD_TOO_MANY_PARTS,
          "must be at least 1, and objects times first at most " + limits.batches().presignParts());
    }
    PresignParts.checkUrlLife(
        presign.expiresInSeconds(), "presign.expires_in_seconds", limits, errors);
  }

  private void file(String prefix, NewTask.File file) {
    errors.addAll(
        PartPlan.check(
            prefix, file.fileSizeBytes(), file.partSizeBytes(), limits.sizes().fileBytes()));
    dataset(prefix, file);
    String datasetName = file.datasetName();
    if (datasetName != null && datasetName.isBlank()) {
      add(
          prefix + "dataset_name",
          EntryCode.REQUEST_FIELD_REQUIRED,
          "must name the dataset, or be left out");
    }
    text(prefix + "dataset_name", datasetName, 255);
    if (file.objectName().isBlank()) {
      add(prefix + "object_name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the file");
    }
    String fault = file.objectName().isBlank() ? "" : ObjectName.faultOf(file.objectName());
    if (!fault.isEmpty()) {
      add(prefix + "object_name", EntryCode.UPLOAD_BAD_OBJECT_NAME, fault);
    }
    if (file.checksumSha256() != null && !SHA256.matcher(file.checksumSha256()).matches()) {
      add(prefix + "checksum_sha256", EntryCode.UPLOAD_BAD_CHECKSUM, "must be 64 hex digits");
    }
    if (file.contentType() != null && !CONTENT_TYPE.matcher(file.contentType()).matches()) {
      add(
          prefix + "content_type",
          EntryCode.UPLOAD_BAD_CONTENT_TYPE,
          "must look like type/subtype");
    }
    limits.metadata().check(prefix + "metadata", file.metadata(), errors);
  }

  private void dataset(String prefix, NewTask.File file) {
    UUID id = file.datasetId();
    if (id != null && file.datasetName() != null) {
      add(
          prefix + "dataset_name",
          EntryCode.REQUEST_FIELD_INVALID,
          "must be left out beside dataset_id");
    }
    if (id != null && !filled.add(id)) {
      add(
          prefix + "dataset_id",
          EntryCode.REQUEST_FIELD_INVALID,
          "must be another one for each file");
    }
  }

  private void text(String field, @Nullable String value, int maxChars) {
    if (value != null) {
      errors.addAll(ReadableText.check(field, value, maxChars));
    }
  }

  private void add(String field, EntryCode code, String message) {
    errors.add(new FieldError(field, code, message));
  }
}
