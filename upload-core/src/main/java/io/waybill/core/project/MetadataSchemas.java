package io.waybill.core.project;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import java.util.List;
import java.util.Map;

/**
 * Judges by JSON Schemas. Neither method calls anybody, and neither takes longer than the size of
 * what it is given explains: schemas come from outside.
 */
public interface MetadataSchemas {
  /** An installation that can judge by no schema, and so takes none. */
  MetadataSchemas NONE =
      new MetadataSchemas() {
        @Override
        public List<FieldError> faultsOf(String field, Map<String, Object> schema) {
          return List.of(
              new FieldError(field, EntryCode.REQUEST_FIELD_INVALID, "no schema can be used here"));
        }

        @Override
        public List<FieldError> judge(
            String field, Map<String, Object> metadata, Map<String, Object> schema) {
          throw new IllegalStateException("nobody could save a schema here");
        }
      };

  /** What is wrong with a schema; nothing, when metadata can be judged by it. */
  List<FieldError> faultsOf(String field, Map<String, Object> schema);

  /**
   * Where metadata does not match a schema that has no faults.
   *
   * @param field that the metadata stands in; errors name the place below it
   */
  List<FieldError> judge(String field, Map<String, Object> metadata, Map<String, Object> schema);
}
