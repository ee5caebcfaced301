package io.waybill.core.tag.usecase;

import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;

/** What callers can do with tags. */
public record TagUseCases(
    ListTagCategories listTagCategories,
    CreateTagCategory createTagCategory,
    ChangeTagCategory changeTagCategory,
    DeleteTagCategory deleteTagCategory,
    ListTags listTags,
    CreateTag createTag,
    ChangeTag changeTag,
    DeleteTag deleteTag) {

  /** All of them over one set of ports. */
  public static TagUseCases over(Ports<? extends TagStores> ports) {
    return new TagUseCases(
        new ListTagCategories(ports),
        new CreateTagCategory(ports),
        new ChangeTagCategory(ports),
        new DeleteTagCategory(ports),
        new ListTags(ports),
        new CreateTag(ports),
        new ChangeTag(ports),
        new DeleteTag(ports));
  }
}
