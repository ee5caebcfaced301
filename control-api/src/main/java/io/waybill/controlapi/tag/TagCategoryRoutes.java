package io.waybill.controlapi.tag;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.tag.usecase.ChangeTagCategory;
import io.waybill.core.tag.usecase.CreateTagCategory;
import io.waybill.core.tag.usecase.DeleteTagCategory;
import io.waybill.core.tag.usecase.ListTagCategories;
import io.waybill.core.tag.usecase.TagUseCases;
import java.util.List;

/** {@code /v1/projects/{project_id}/tag-categories}: what a project sorts its tags by. */
public final class TagCategoryRoutes {

  private static final String CATEGORIES = "/v1/projects/{project_id}/tag-categories";
  private static final String CATEGORY = CATEGORIES + "/{tag_category_id}";
  private static final String LIST = "tag_categories";

  private final TagUseCases cases;

  public TagCategoryRoutes(TagUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(CATEGORIES)
            .needs(Permission.PROJECT_VIEW)
            .query(PageRequest.of(LIST))
            .ok(this::list),
        api.post(CATEGORIES)
            .needs(Permission.TAG_CREATE)
            .once()
            .body(NewTagCategoryBody::read)
            .created(this::create),
        api.patch(CATEGORY)
            .needs(Permission.TAG_UPDATE)
            .once()
            .body(TagCategoryPatch::read)
            .ok(this::change),
        api.delete(CATEGORY).needs(Permission.TAG_DELETE).once().noContent(this::delete));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    ListTagCategories.Request request =
        new ListTagCategories.Request(call.id("project_id"), page.cursor(), page.limit());
    return cases
        .listTagCategories()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, NewTagCategoryBody body) {
    CreateTagCategory.Request request =
        new CreateTagCategory.Request(call.id("project_id"), body.name(), body.description());
    return cases.createTagCategory().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, TagCategoryPatch body) {
    ChangeTagCategory.Request request =
        new ChangeTagCategory.Request(
            call.id("project_id"),
            call.id("tag_category_id"),
            body.name(),
            body.description(),
            body.version());
    return cases.changeTagCategory().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    DeleteTagCategory.Request request =
        new DeleteTagCategory.Request(call.id("project_id"), call.id("tag_category_id"));
    return cases.deleteTagCategory().handle(call.caller(), call.requestKey(), request);
  }
}
