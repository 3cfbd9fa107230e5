package io.viewal.worker.cli;

import io.viewal.contract.StageFailure.Reason;
import io.viewal.contract.Within;
import io.viewal.worker.InvalidInputException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;

/** Holds numbers to the bounds that the contract states. */
final class Bounds {

    private Bounds() {}

    /**
     * Fails when a number, or one of a list, is out of its bounds.
     *
     * @param name of the field or option, for the message
     * @throws InvalidInputException when it is
     */
    static void require(RecordComponent field, String name, Object value) {
        Within bounds = field.getAnnotation(Within.class);
        if (bounds == null || value == null) {
            return;
        }
        for (Object one : value instanceof List<?> several ? several : List.of(value)) {
            double number = ((Number) one).doubleValue();
            boolean inside = (bounds.aboveMin() ? number > bounds.min() : number >= bounds.min())
                    && (bounds.belowMax() ? number < bounds.max() : number <= bounds.max());
            if (!inside) {
                throw new InvalidInputException(
                        Reason.InvalidRequest,
                        name + " is " + one + ", expected a number " + (bounds.aboveMin() ? "above " : "from ")
                                + plain(bounds.min()) + (bounds.belowMax() ? " and below " : " to ")
                                + plain(bounds.max()));
            }
        }
    }

    /** All fields of a record, by their names behind the prefix. */
    static void require(Record value, String prefix) {
        for (RecordComponent field : value.getClass().getRecordComponents()) {
            try {
                require(field, prefix + field.getName(), field.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Records of the contract can be read", e);
            }
        }
    }

    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
