package io.waybill.core.tag.usecase;

import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.FieldError;
import io.waybill.core.Page;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.event.Facts;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.tag.TagCategoryAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A project's tag categories, from the first to the last word about them. */
class TagCategoriesTest {

  private static final UUID PROJECT = Registry.PROJECT;

  private final World world = new World();
  private final TagUseCases tags = world.all.tags();
  private final Caller person = Registry.person();

  @Test
  void a_new_category_is_listed() {
    TagCategoryAnswer shift = created("shift");
    TagCategoryAnswer weather = created("weather");

    assertThat(shift.version()).isEqualTo(1);
    assertThat(shift.createdAt()).isEqualTo(world.now()).isEqualTo(shift.updatedAt());
    assertThat(listed(Registry.viewer(), null, 1).items()).containsExactly(weather);
    assertThat(listed(Registry.viewer(), weather.tagCategoryId(), 1))
        .isEqualTo(new Page<>(List.of(shift), null));
    assertThat(listed(Registry.robot17(), null, 50).items()).containsExactly(weather, shift);
  }

  @Test
  void a_name_is_given_once() {
    TagCategoryAnswer shift = created("shift");
    TagCategoryAnswer weather = created("weather");

    Refusal second = refusal(create(person, RequestKey.NONE, "shift", null));
    Refusal renamed = refusal(change(person, weather, "shift", null, null));

    assertThat(second.code()).isEqualTo(ErrorCode.TAG_CATEGORY_NAME_TAKEN);
    assertThat(second.details()).containsEntry("name", "shift");
    assertThat(renamed.code()).isEqualTo(ErrorCode.TAG_CATEGORY_NAME_TAKEN);
    assertThat(listed(person, null, 50).items()).containsExactly(weather, shift);
  }

  @Test
  void everything_that_is_wrong_with_the_texts_is_said_at_once() {
    Refusal blank = refusal(create(person, RequestKey.NONE, " ", "x".repeat(1001)));
    Refusal long101 = refusal(create(person, RequestKey.NONE, "x".repeat(101), null));
    Refusal turned = refusal(create(person, RequestKey.NONE, "\u202Eshift", null));

    assertThat(errors(blank))
        .containsExactly("name request.field_required", "description request.field_too_long");
    assertThat(errors(long101)).containsExactly("name request.field_too_long");
    assertThat(errors(turned)).containsExactly("name request.control_character");
    assertThat(create(person, RequestKey.NONE, "x".repeat(100), "x".repeat(1000)))
        .isInstanceOf(Verdict.Ok.class);
  }

  @Test
  void a_change_leaves_what_it_does_not_name() {
    TagCategoryAnswer made = value(create(person, RequestKey.NONE, "shift", "by day"));
    world.advance(Duration.ofMinutes(1));

    TagCategoryAnswer renamed = value(change(person, made, "crew", null, 1L));
    TagCategoryAnswer bare = value(change(person, made, null, "", 2L));

    assertThat(renamed.name()).isEqualTo("crew");
    assertThat(renamed.description()).isEqualTo("by day");
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(renamed.createdAt()).isEqualTo(made.createdAt());
    assertThat(renamed.updatedAt()).isEqualTo(world.now());
    assertThat(bare.name()).isEqualTo("crew");
    assertThat(bare.description()).isNull();
  }

  @Test
  void a_change_of_nothing_is_none() {
    TagCategoryAnswer made = value(create(person, RequestKey.NONE, "shift", "by day"));
    Facts before = world.database.facts();

    assertThat(value(change(person, made, "shift", "by day", 1L))).isEqualTo(made);
    assertThat(value(change(person, made, null, null, null))).isEqualTo(made);

    assertThat(world.database.facts()).isEqualTo(before);
  }

  @Test
  void a_stale_version_is_refused_and_the_current_one_named() {
    TagCategoryAnswer made = created("shift");
    value(change(person, made, "crew", null, null));

    Refusal stale = refusal(change(person, made, "watch", null, made.version()));

    assertThat(stale.code()).isEqualTo(ErrorCode.REQUEST_VERSION_CONFLICT);
    assertThat(stale.details()).containsEntry("current_version", 2L);
  }

  @Test
  void a_deleted_category_is_gone_and_its_name_is_free() {
    TagCategoryAnswer made = created("shift");

    value(delete(person, RequestKey.NONE, made));

    assertThat(listed(person, null, 50).items()).isEmpty();
    assertThat(refusal(delete(person, RequestKey.NONE, made)).code())
        .isEqualTo(ErrorCode.TAG_CATEGORY_NOT_FOUND);
    assertThat(refusal(change(person, made, "crew", null, null)).code())
        .isEqualTo(ErrorCode.TAG_CATEGORY_NOT_FOUND);
    assertThat(created("shift").tagCategoryId()).isNotEqualTo(made.tagCategoryId());
  }

  @Test
  void a_repeated_call_has_one_effect_and_one_answer() {
    RequestKey key = RequestKey.of("k-1");
    TagCategoryAnswer made = value(create(person, key, "shift", null));
    value(change(person, made, "crew", null, null));

    assertThat(value(create(person, key, "shift", null))).isEqualTo(made);
    assertThat(refusal(create(person, key, "watch", null)).code())
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    RequestKey end = RequestKey.of("k-2");
    value(delete(person, end, made));
    assertThat(value(delete(person, end, made)).tagCategoryId()).isEqualTo(made.tagCategoryId());
  }

  @Test
  void who_may_look_but_not_touch_is_told_so_and_who_may_not_look_is_told_nothing() {
    TagCategoryAnswer made = created("shift");

    for (Caller seer : List.of(Registry.viewer(), Registry.robot17())) {
      assertThat(refusal(create(seer, RequestKey.NONE, "crew", null)).details())
          .containsEntry("permission", "tag.create");
      assertThat(refusal(change(seer, made, "crew", null, null)).details())
          .containsEntry("permission", "tag.update");
      assertThat(refusal(delete(seer, RequestKey.NONE, made)).details())
          .containsEntry("permission", "tag.delete");
    }
    for (Caller other : List.of(Registry.stranger(), Registry.foreigner())) {
      assertThat(refusal(list(other, null, 50)).code()).isEqualTo(ErrorCode.PROJECT_NOT_FOUND);
      assertThat(refusal(create(other, RequestKey.NONE, "crew", null)).code())
          .isEqualTo(ErrorCode.PROJECT_NOT_FOUND);
      assertThat(refusal(change(other, made, "crew", null, null)).code())
          .isEqualTo(ErrorCode.TAG_CATEGORY_NOT_FOUND);
      assertThat(refusal(delete(other, RequestKey.NONE, made)).code())
          .isEqualTo(ErrorCode.TAG_CATEGORY_NOT_FOUND);
    }
  }

  @Test
  void a_denied_category_is_in_no_list_and_cannot_be_touched() {
    TagCategoryAnswer hidden = created("shift");
    TagCategoryAnswer shown = created("weather");
    Caller caller =
        Registry.having(
            Registry.allow(ResourceKind.PROJECT, PROJECT, Permission.PROJECT_VIEW),
            Registry.deny(
                ResourceKind.TAG_CATEGORY, hidden.tagCategoryId(), Permission.PROJECT_VIEW));

    assertThat(listed(caller, null, 50).items()).containsExactly(shown);
    assertThat(refusal(delete(caller, RequestKey.NONE, hidden)).code())
        .isEqualTo(ErrorCode.TAG_CATEGORY_NOT_FOUND);
    assertThat(refusal(delete(caller, RequestKey.NONE, shown)).code())
        .isEqualTo(ErrorCode.AUTH_PERMISSION_DENIED);
  }

  @Test
  void every_change_is_audited_and_told_in_the_order_of_versions() {
    TagCategoryAnswer made = created("shift");
    value(change(person, made, "crew", null, null));
    value(delete(person, RequestKey.NONE, made));

    Facts facts = world.database.facts();

    assertThat(facts.audit())
        .extracting(row -> row.action() + " " + row.resourceType() + " " + row.result())
        .containsExactly(
            "tag_category.created tag_category ok",
            "tag_category.updated tag_category ok",
            "tag_category.deleted tag_category ok");
    assertThat(facts.audit().get(1).details())
        .isEqualTo(Map.of("before", Map.of("name", "shift"), "after", Map.of("name", "crew")));
    assertThat(facts.outbox())
        .extracting(row -> row.type() + " " + row.sequence() + " " + row.payload().get("name"))
        .containsExactly(
            "tag_category.created 1 shift",
            "tag_category.updated 2 crew",
            "tag_category.deleted 3 crew");
    assertThat(facts.outbox())
        .allSatisfy(row -> assertThat(row.aggregateId()).isEqualTo(made.tagCategoryId()));
  }

  private TagCategoryAnswer created(String name) {
    return value(create(person, RequestKey.NONE, name, null));
  }

  private Verdict<TagCategoryAnswer> create(
      Caller caller, RequestKey key, String name, @Nullable String description) {
    return tags.createTagCategory()
        .handle(caller, key, new CreateTagCategory.Request(PROJECT, name, description));
  }

  private Verdict<TagCategoryAnswer> change(
      Caller caller,
      TagCategoryAnswer category,
      @Nullable String name,
      @Nullable String description,
      @Nullable Long version) {
    return tags.changeTagCategory()
        .handle(
            caller,
            RequestKey.NONE,
            new ChangeTagCategory.Request(
                PROJECT, category.tagCategoryId(), name, description, version));
  }

  private Verdict<DeleteTagCategory.Deleted> delete(
      Caller caller, RequestKey key, TagCategoryAnswer category) {
    return tags.deleteTagCategory()
        .handle(caller, key, new DeleteTagCategory.Request(PROJECT, category.tagCategoryId()));
  }

  private Page<TagCategoryAnswer> listed(Caller caller, @Nullable UUID before, int limit) {
    return value(list(caller, before, limit));
  }

  private Verdict<Page<TagCategoryAnswer>> list(Caller caller, @Nullable UUID before, int limit) {
    return tags.listTagCategories()
        .handle(caller, new ListTagCategories.Request(PROJECT, before, limit));
  }

  private static List<String> errors(Refusal refusal) {
    return refusal.details().get("errors") instanceof List<?> errors
        ? errors.stream()
            .map(FieldError.class::cast)
            .map(error -> error.field() + " " + error.code())
            .toList()
        : List.of();
  }
}
