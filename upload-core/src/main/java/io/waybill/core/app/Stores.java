package io.waybill.core.app;

import io.waybill.core.access.IdentityStores;
import io.waybill.core.tag.TagStores;
import io.waybill.core.upload.UploadStores;

/** Every capability's stores, as one transaction sees them: what an adapter gives. */
public interface Stores extends IdentityStores, TagStores, UploadStores {}
