package io.waybill.controlapi.project;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.project.usecase.AssignStoragePolicy;
import io.waybill.core.project.usecase.ChangeProject;
import io.waybill.core.project.usecase.CreateProject;
import io.waybill.core.project.usecase.ProjectUseCases;
import java.util.List;

/** {@code /v1/projects}: what uploads, rights and limits belong to. */
public final class ProjectRoutes {

  private static final String PROJECTS = "/v1/projects";
  private static final String PROJECT = PROJECTS + "/{project_id}";
  private static final String LIST = "projects";

  private final ProjectUseCases cases;

  public ProjectRoutes(ProjectUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(PROJECTS).shows(Permission.PROJECT_VIEW).query(PageRequest.of(LIST)).ok(this::list),
        api.post(PROJECTS)
            .needs(Permission.PROJECT_CREATE)
            .once()
            .body(ProjectBody::read)
            .created(this::create),
        api.get(PROJECT).needs(Permission.PROJECT_VIEW).ok(this::get),
        api.patch(PROJECT)
            .needs(Permission.PROJECT_UPDATE)
            .once()
            .body(ProjectBody::patch)
            .ok(this::change),
        api.delete(PROJECT).needs(Permission.PROJECT_DELETE).once().noContent(this::delete),
        api.post(PROJECT + "/archive").needs(Permission.PROJECT_UPDATE).once().ok(this::archive),
        api.post(PROJECT + "/restore").needs(Permission.PROJECT_UPDATE).once().ok(this::restore),
        api.post(PROJECT + "/storage-policy")
            .needs(Permission.PROJECT_UPDATE)
            .once()
            .body(StoragePolicyBody::read)
            .ok(this::storeBy));
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

  private Verdict<?> create(Call call, CreateProject.Request request) {
    return cases.createProject().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, ProjectBody.Patch body) {
    ChangeProject.Request request =
        new ChangeProject.Request(call.id("project_id"), body.fields(), body.version());
    return cases.changeProject().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    return cases.deleteProject().handle(call.caller(), call.requestKey(), call.id("project_id"));
  }

  private Verdict<?> archive(Call call) {
    return cases.archiveProject().handle(call.caller(), call.requestKey(), call.id("project_id"));
  }

  private Verdict<?> restore(Call call) {
    return cases.restoreProject().handle(call.caller(), call.requestKey(), call.id("project_id"));
  }

  private Verdict<?> storeBy(Call call, StoragePolicyBody body) {
    AssignStoragePolicy.Request request =
        new AssignStoragePolicy.Request(
            call.id("project_id"), body.storagePolicyId(), body.version());
    return cases.assignStoragePolicy().handle(call.caller(), call.requestKey(), request);
  }
}
