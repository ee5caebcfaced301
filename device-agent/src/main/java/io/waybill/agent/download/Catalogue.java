package io.waybill.agent.download;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.http.PatientApi;
import io.waybill.wire.ErrorBody;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the datasets that a person means by an id. */
public final class Catalogue {

  /** What an id stands for. */
  public sealed interface Found {

    /** One dataset by its own id. */
    record One(Dataset dataset) implements Found {}

    /**
     * The files of a task that are stored.
     *
     * @param unfinished how many more files the task has
     */
    record Task(List<Dataset> datasets, int unfinished) implements Found {
      public Task {
        datasets = List.copyOf(datasets);
      }
    }

    /** Nothing, or nothing that we may see. */
    record Nothing(String reason) implements Found {}
  }

  record TaskView(UUID taskId, List<ObjectView> objects) {
    TaskView {
      objects = objects == null ? List.of() : List.copyOf(objects);
    }
  }

  record ObjectView(@Nullable UUID datasetId, String status) {
    boolean stored() {
      return status.equals("COMPLETED") || status.equals("SKIPPED_INSTANT_UPLOAD");
    }
  }

  private final PatientApi api;
  private final String project;

  /**
   * @param project where the id is looked for
   */
  public Catalogue(PatientApi api, String project) {
    this.api = api;
    this.project = "/v1/projects/" + project;
  }

  /** Asks for a dataset of that id, then for a task. */
  public Found find(UUID id) throws UnreachableException, InterruptedException {
    return switch (dataset(id)) {
      case Answer.Done<Dataset>(Dataset dataset) -> new Found.One(dataset);
      case Answer.Refused<Dataset>(ErrorBody error) when isMissing(error) -> task(id);
      case Answer.Refused<Dataset>(ErrorBody error) -> new Found.Nothing(words(error));
    };
  }

  private Found task(UUID id) throws UnreachableException, InterruptedException {
    return switch (api.get(project + "/upload-tasks/" + id, TaskView.class)) {
      case Answer.Done<TaskView>(TaskView task) -> files(task);
      case Answer.Refused<TaskView>(ErrorBody error) when isMissing(error) ->
          new Found.Nothing(
              "there is no dataset and no task "
                  + id
                  + " in this project (--project), or not for us");
      case Answer.Refused<TaskView>(ErrorBody error) -> new Found.Nothing(words(error));
    };
  }

  private Found files(TaskView task) throws UnreachableException, InterruptedException {
    List<Dataset> datasets = new ArrayList<>();
    for (ObjectView object : task.objects()) {
      if (object.datasetId() != null && object.stored()) {
        switch (dataset(object.datasetId())) {
          case Answer.Done<Dataset>(Dataset dataset) -> datasets.add(dataset);
          case Answer.Refused<Dataset>(ErrorBody error) when isMissing(error) -> {
            // deleted meanwhile, or hidden from us
          }
          case Answer.Refused<Dataset>(ErrorBody error) -> {
            return new Found.Nothing(words(error));
          }
        }
      }
    }
    return new Found.Task(datasets, task.objects().size() - datasets.size());
  }

  private Answer<Dataset> dataset(UUID id) throws UnreachableException, InterruptedException {
    return api.get(project + "/datasets/" + id, Dataset.class);
  }

  private static boolean isMissing(ErrorBody error) {
    return error.code().endsWith(".not_found");
  }

  /** A refusal for a person. */
  static String words(ErrorBody error) {
    String hint =
        error.code().equals("auth.permission_denied")
            ? "; a device may not download: give an API key that may (dataset.download) by --api-key"
                + " or WAYBILL_API_KEY"
            : "";
    return error.code() + ": " + error.message() + hint;
  }
}
