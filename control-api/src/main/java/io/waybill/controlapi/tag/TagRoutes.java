package io.waybill.controlapi.tag;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.tag.usecase.ChangeTag;
import io.waybill.core.tag.usecase.CreateTag;
import io.waybill.core.tag.usecase.DeleteTag;
import io.waybill.core.tag.usecase.ListTags;
import io.waybill.core.tag.usecase.TagUseCases;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/projects/{project_id}/tags}: the words that a project puts on its datasets. */
public final class TagRoutes {

  private static final String TAGS = "/v1/projects/{project_id}/tags";
  private static final String TAG = TAGS + "/{tag_id}";
  private static final String LIST = "tags";

  private final TagUseCases cases;

  public TagRoutes(TagUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(TAGS).needs(Permission.PROJECT_VIEW).query(TagRoutes::filter).ok(this::list),
        api.post(TAGS)
            .needs(Permission.TAG_CREATE)
            .once()
            .body(NewTagBody::read)
            .created(this::create),
        api.patch(TAG).needs(Permission.TAG_UPDATE).once().body(TagPatch::read).ok(this::change),
        api.delete(TAG).needs(Permission.TAG_DELETE).once().noContent(this::delete));
  }

  /** What a list of tags can be asked. */
  private record Filter(@Nullable UUID tagCategoryId, @Nullable UUID before, int limit) {}

  private static Filter filter(Query query) {
    return new Filter(query.uuid("tag_category_id"), query.cursor(LIST), query.limit());
  }

  private Verdict<?> list(Call call, Filter filter) {
    ListTags.Request request =
        new ListTags.Request(
            call.id("project_id"), filter.tagCategoryId(), filter.before(), filter.limit());
    return cases.listTags().handle(call.caller(), request).map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, NewTagBody body) {
    CreateTag.Request request =
        new CreateTag.Request(
            call.id("project_id"), body.tagCategoryId(), body.name(), body.description());
    return cases.createTag().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, TagPatch body) {
    ChangeTag.Request request =
        new ChangeTag.Request(
            call.id("project_id"),
            call.id("tag_id"),
            body.tagCategoryId(),
            body.name(),
            body.description(),
            body.version());
    return cases.changeTag().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    DeleteTag.Request request = new DeleteTag.Request(call.id("project_id"), call.id("tag_id"));
    return cases.deleteTag().handle(call.caller(), call.requestKey(), request);
  }
}
