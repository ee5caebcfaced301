package io.waybill.agent.listing;

import java.util.UUID;

/** A list that the API has. */
public sealed interface Kind {

  /** The projects that we may see. */
  record Projects() implements Kind {
    @Override
    public String field() {
      return "projects";
    }

    @Override
    public String path() {
      return "/v1/projects";
    }

    @Override
    public int pageSize() {
      return 100;
    }
  }

  /** The tasks of a project; each row has all of its objects, so pages are short. */
  record Tasks(UUID project) implements Kind {
    @Override
    public String field() {
      return "upload_tasks";
    }

    @Override
    public String path() {
      return "/v1/projects/" + project + "/upload-tasks";
    }

    @Override
    public int pageSize() {
      return 10;
    }
  }

  /** The datasets of a project. */
  record Datasets(UUID project) implements Kind {
    @Override
    public String field() {
      return "datasets";
    }

    @Override
    public String path() {
      return "/v1/projects/" + project + "/datasets";
    }

    @Override
    public int pageSize() {
      return 20;
    }
  }

  /** The files of a task. They come with it, in one page. */
  record Files(UUID project, UUID task) implements Kind {
    @Override
    public String field() {
      return "objects";
    }

    @Override
    public String path() {
      return "/v1/projects/" + project + "/upload-tasks/" + task;
    }

    @Override
    public int pageSize() {
      return 0;
    }
  }

  /** The field of the answer that has the rows. */
  String field();

  String path();

  /** So many rows are sure to fit into an answer that we read; 0 where there are no pages. */
  int pageSize();
}
