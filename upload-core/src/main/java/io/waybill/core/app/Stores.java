package io.waybill.core.app;

import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.audit.AuditStores;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.member.MemberStores;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.quota.QuotaStores;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.tag.TagStores;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.webhook.WebhookStores;

/** Every capability's stores, as one transaction sees them: what an adapter gives. */
public interface Stores
    extends AccessStores,
        AuditStores,
        DeliveryStores,
        QuotaStores,
        PolicyStores,
        MemberStores,
        TagStores,
        DeviceStores,
        UploadStores,
        RecoveryStores,
        WebhookStores {}
