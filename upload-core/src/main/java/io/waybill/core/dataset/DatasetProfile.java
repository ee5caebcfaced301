package io.waybill.core.dataset;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people say of a dataset.
 *
 * @param labels words under words, for machines to sort by
 * @param classification how secret it is: PUBLIC, INTERNAL, CONFIDENTIAL, RESTRICTED, or a word of
 *     the deployment's own; null says nothing
 * @param tagIds in the order of the ids
 */
public record DatasetProfile(
    String name,
    Map<String, Object> metadata,
    Map<String, String> labels,
    @Nullable String classification,
    List<UUID> tagIds) {

  public DatasetProfile {
    metadata = Map.copyOf(metadata);
    labels = Map.copyOf(labels);
    tagIds = tagIds.stream().distinct().sorted().toList();
  }

  /** What an upload says. */
  public static DatasetProfile of(String name, Map<String, Object> metadata) {
    return new DatasetProfile(name, metadata, Map.of(), null, List.of());
  }

  /** The same under another name. */
  public DatasetProfile named(String newName) {
    return new DatasetProfile(newName, metadata, labels, classification, tagIds);
  }

  /** The same with other metadata. */
  public DatasetProfile describedBy(Map<String, Object> newMetadata) {
    return new DatasetProfile(name, newMetadata, labels, classification, tagIds);
  }

  /** The same with other tags. */
  public DatasetProfile tagged(List<UUID> newTagIds) {
    return new DatasetProfile(name, metadata, labels, classification, newTagIds);
  }
}
