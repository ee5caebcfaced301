@NullMarked
package io.waybill.core.webhook.usecase;

import org.jspecify.annotations.NullMarked;
