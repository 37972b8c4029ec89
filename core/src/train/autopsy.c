/* Why a run diverged. As JSON:
 *
 * {"step", "epoch", "good_step", "evaluating",
 *  "origin": "activation" | "loss" | "gradient" | "weight", "layer", "layer_name", "tensor",
 *  "part": "training" | "validation", "row", "table_row", "row_loss", "largest",
 *  "vitals": [{"step", "loss", "gradient_norm", "learning_rate", "largest"}]}
 *
 * Numbers that are not finite are null. */

#include "tabtrain/autopsy.h"

#include "reduce.h"
#include "text.h"
#include "trainer-state.h"

void tt_record_vitals(tt_trainer *trainer, int32_t rows) {
    const tt_progress *p = &trainer->state.progress;
    tt_step_vitals *vitals = &trainer->state.vitals[p->step % TT_MAX_VITALS];
    vitals->step = p->step;
    vitals->loss = p->batch_loss;
    vitals->gradient_norm = trainer->state.gradient_norm;
    vitals->learning_rate = trainer->state.used_rate;
    for (int32_t l = 0; l < trainer->network.n_layers; l++) {
        const tt_layer *layer = &trainer->network.layers[l];
        vitals->largest[l] = tt_largest_magnitude(rows * layer->n_out, layer->output);
    }
}

void tt_copy_vitals(const tt_trainer *trainer, tt_autopsy *autopsy) {
    int64_t last = trainer->state.progress.step;
    int64_t n = last < TT_MAX_VITALS ? last : TT_MAX_VITALS;
    autopsy->n_vitals = (int32_t)n;
    for (int64_t i = 0; i < n; i++) {
        const tt_step_vitals *from = &trainer->state.vitals[(last - n + 1 + i) % TT_MAX_VITALS];
        autopsy->vitals[i] =
            (tt_vitals){from->step, from->loss, from->gradient_norm, from->learning_rate,
                        (double)from->largest[autopsy->layer]};
    }
}

bool tt_trainer_autopsy(const tt_trainer *trainer, tt_autopsy *autopsy) {
    if (trainer->state.progress.status != TT_DIVERGED)
        return false;
    *autopsy = trainer->state.autopsy;
    return true;
}

static void add_vitals(tt_text *json, const tt_autopsy *autopsy) {
    tt_text_add(json, ",\"vitals\":[");
    for (int32_t i = 0; i < autopsy->n_vitals; i++) {
        const tt_vitals *v = &autopsy->vitals[i];
        tt_text_add(json, "%s{\"step\":%l,\"loss\":%n,\"gradient_norm\":%n", i > 0 ? "," : "",
                    v->step, v->loss, v->gradient_norm);
        tt_text_add(json, ",\"learning_rate\":%n,\"largest\":%n}", v->learning_rate, v->largest);
    }
    tt_text_add(json, "]");
}

char *tt_trainer_autopsy_json(const tt_trainer *trainer) {
    static const char *const origins[] = {[TT_ORIGIN_ACTIVATION] = "activation",
                                          [TT_ORIGIN_LOSS] = "loss",
                                          [TT_ORIGIN_GRADIENT] = "gradient",
                                          [TT_ORIGIN_WEIGHT] = "weight"};
    tt_autopsy a;
    tt_text json = {0};
    if (!tt_trainer_autopsy(trainer, &a)) {
        tt_text_add(&json, "null");
        return tt_text_finish(&json);
    }
    tt_text_add(&json, "{\"step\":%l,\"epoch\":%l,\"good_step\":%l,\"evaluating\":%s", a.step,
                a.epoch, a.good_step, a.evaluating ? "true" : "false");
    tt_text_add(&json, ",\"origin\":%j,\"layer\":%i,\"layer_name\":%j,\"tensor\":%j",
                origins[a.origin], (int)a.layer, a.layer_name, a.tensor);
    tt_text_add(&json, ",\"part\":%j,\"row\":%l,\"table_row\":%l",
                a.part == TT_TRAINING ? "training" : "validation", a.row, a.table_row);
    tt_text_add(&json, ",\"row_loss\":%n,\"largest\":%n", a.row_loss, a.largest);
    add_vitals(&json, &a);
    tt_text_add(&json, "}");
    return tt_text_finish(&json);
}
