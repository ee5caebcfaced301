package io.waybill.controlapi.project;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.project.usecase.ProjectUseCases;
import java.util.List;

/** {@code /v1/projects}: what uploads, rights and limits belong to. */
public final class ProjectRoutes {

  private static final String PROJECTS = "/v1/projects";
  private static final String LIST = "projects";

  private final ProjectUseCases cases;

  public ProjectRoutes(ProjectUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(PROJECTS).shows(Permission.PROJECT_VIEW).query(PageRequest.of(LIST)).ok(this::list),
        api.get(PROJECTS + "/{project_id}").needs(Permission.PROJECT_VIEW).ok(this::get));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    return cases
        .readProjects()
        .handle(call.caller(), page.cursor(), page.limit())
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> get(Call call) {
    return cases.readProjects().handle(call.caller(), call.id("project_id"));
  }
}
