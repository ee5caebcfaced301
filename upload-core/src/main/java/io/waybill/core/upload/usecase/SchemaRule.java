package io.waybill.core.upload.usecase;

import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.project.MetadataSchemas;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.RoomRules.Admitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the metadata of new datasets is what their project asks for. */
final class SchemaRule {
  private final MetadataSchemas schemas;

  SchemaRule(MetadataSchemas schemas) {
    this.schemas = schemas;
  }

  /** A dataset that is there already keeps its metadata where the file brings none. */
  Verdict<Admitted> check(NewTask task, Admitted admitted) {
    Map<String, Object> schema = admitted.room().project().rules().metadataSchema();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < task.objects().size() && !schema.isEmpty(); i++) {
      NewTask.File file = task.objects().get(i);
      if (file.datasetId() == null || !file.metadata().isEmpty()) {
        errors.addAll(schemas.judge("objects[" + i + "].metadata", file.metadata(), schema));
      }
    }
    return errors.isEmpty() ? Verdict.ok(admitted) : Verdict.refused(Refusal.invalid(errors));
  }
}
