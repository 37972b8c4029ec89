#include <string.h>

#include "optimizer-kinds.h"

/* L-BFGS in reverse communication: a call gets loss and gradient at w, and sets w to the next point
 * whose loss it wants to know. Between two iterates a strong Wolfe line search tries points
 * x + t d. */

enum { LBFGS_LR, LBFGS_HISTORY, LBFGS_TOLERANCE, LBFGS_MAX_LS };

const tt_param tt_lbfgs_params[] = {
    [LBFGS_LR] = TT_RATE(1),
    [LBFGS_HISTORY] = TT_INTEGER("history_size", "History",
                                 "Pairs of steps and gradient changes that shape the direction; "
                                 "fixed when the run begins.",
                                 1, 100, 100),
    [LBFGS_TOLERANCE] = TT_LOG_REAL("tolerance_grad", "Gradient tolerance",
                                    "Done when no gradient is larger.", 0, 1, 1e-7),
    [LBFGS_MAX_LS] = TT_INTEGER("max_ls", "Line search evaluations",
                                "Most points tried along one direction.", 2, 100, 25),
};

enum { MOST_PAIRS = 100 };

/* Arrays of history; pairs of s and y follow in turn. */
enum { X_ARRAY, DIRECTION_ARRAY, GRADIENT_ARRAY, KEPT_ARRAY, PAIRS_ARRAY };

typedef struct point {
    double t, loss, slope;
} point;

enum { NOT_STARTED, BRACKETING, ZOOMING, DONE };

/* All doubles, so that the scalars of a step hold it. `low` is the best end of the bracket, whose
 * gradient is kept; while bracketing it is the point before this one. */
typedef struct search {
    double phase, capacity, n_pairs, next_pair, n_tried, stalled, reach;
    point start, low, high;
    double t;
} search;

_Static_assert(sizeof(search) <= TT_MAX_SCALARS * sizeof(double), "the state fits the scalars");

int32_t tt_lbfgs_history(const double *p) {
    return PAIRS_ARRAY + 2 * (int32_t)p[LBFGS_HISTORY];
}

static float *array(const tt_step *s, int32_t index) {
    return s->history + (int64_t)index * s->n;
}

/* Pair `age`, of which 0 is the newest: s, and y in the array behind it. */
static float *pair(const tt_step *s, const search *now, int32_t age) {
    int32_t capacity = (int32_t)now->capacity;
    int32_t index = ((int32_t)now->next_pair - 1 - age + capacity) % capacity;
    return array(s, PAIRS_ARRAY + 2 * index);
}

static double dot(int32_t n, const float *a, const float *b) {
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

static double largest(int32_t n, const float *x) {
    float most = 0;
    for (int32_t i = 0; i < n; i++) {
        float size = x[i] < 0 ? -x[i] : x[i];
        most = size > most ? size : most;
    }
    return (double)most;
}

static void copy(int32_t n, float *to, const float *from) {
    memcpy(to, from, (size_t)n * sizeof *to);
}

/* d += a x. */
static void add(int32_t n, double a, const float *x, float *d) {
    float factor = (float)a;
    for (int32_t i = 0; i < n; i++)
        d[i] += factor * x[i];
}

/* The two-loop recursion: d = -H g. */
static void find_direction(const tt_step *s, const search *now, const float *g, float *d) {
    int32_t n = s->n, n_pairs = (int32_t)now->n_pairs;
    double alpha[MOST_PAIRS];
    for (int32_t i = 0; i < n; i++)
        d[i] = -g[i];
    for (int32_t age = 0; age < n_pairs; age++) {
        const float *step = pair(s, now, age), *change = step + n;
        alpha[age] = dot(n, step, d) / dot(n, step, change);
        add(n, -alpha[age], change, d);
    }
    if (n_pairs > 0) {
        const float *step = pair(s, now, 0), *change = step + n;
        float scale = (float)(dot(n, step, change) / dot(n, change, change));
        for (int32_t i = 0; i < n; i++)
            d[i] *= scale;
    }
    for (int32_t age = n_pairs - 1; age >= 0; age--) {
        const float *step = pair(s, now, age), *change = step + n;
        add(n, alpha[age] - dot(n, change, d) / dot(n, step, change), step, d);
    }
}

static void move(const tt_step *s, double t) {
    const float *x = array(s, X_ARRAY), *d = array(s, DIRECTION_ARRAY);
    for (int32_t i = 0; i < s->n; i++)
        s->w[i] = (float)((double)x[i] + t * (double)d[i]);
}

static void finish(const tt_step *s, search *now) {
    copy(s->n, s->w, array(s, X_ARRAY));
    now->phase = DONE;
}

/* From the iterate x, whose gradient is known, to the first point of a new line search. */
static void begin_search(const tt_step *s, search *now, double loss) {
    float *d = array(s, DIRECTION_ARRAY), *g = array(s, GRADIENT_ARRAY);
    now->start.loss = loss;
    if (largest(s->n, g) <= s->p[LBFGS_TOLERANCE]) {
        finish(s, now);
        return;
    }
    find_direction(s, now, g, d);
    double slope = dot(s->n, g, d);
    if (slope >= 0) {
        now->n_pairs = 0;
        find_direction(s, now, g, d);
        slope = dot(s->n, g, d);
    }
    double sum = 0;
    for (int32_t i = 0; i < s->n; i++)
        sum += (double)(g[i] < 0 ? -g[i] : g[i]);
    double cautious = now->n_pairs == 0 && sum > 1 ? 1 / sum : 1;
    now->start = now->low = (point){0, loss, slope};
    now->reach = largest(s->n, d);
    now->n_tried = now->stalled = 0;
    now->t = cautious * s->rate;
    now->phase = BRACKETING;
    copy(s->n, array(s, KEPT_ARRAY), g);
    move(s, now->t);
}

/* Takes w as the next iterate, with gradient g there, and goes on from it. */
static void accept(const tt_step *s, search *now, double loss, const float *g) {
    int32_t n = s->n, slot = (int32_t)now->next_pair;
    float *x = array(s, X_ARRAY), *last = array(s, GRADIENT_ARRAY);
    float *step = array(s, PAIRS_ARRAY + 2 * slot), *change = step + n;
    for (int32_t i = 0; i < n; i++) {
        step[i] = s->w[i] - x[i];
        change[i] = g[i] - last[i];
    }
    if (dot(n, step, change) > 1e-10 * dot(n, change, change)) {
        now->next_pair = (slot + 1) % (int32_t)now->capacity;
        now->n_pairs += now->n_pairs < now->capacity;
    } else if (now->n_pairs == now->capacity) {
        now->n_pairs -= 1;
    }
    copy(n, x, s->w);
    copy(n, last, g);
    begin_search(s, now, loss);
}

/* Ends the search at the best point of the bracket. Where the steepest descent finds nothing lower
 * either, the losses differ by rounding only. */
static void settle(const tt_step *s, search *now) {
    if (now->low.t > 0) {
        move(s, now->low.t);
        accept(s, now, now->low.loss, array(s, KEPT_ARRAY));
    } else if (now->n_pairs > 0) {
        now->n_pairs = 0;
        begin_search(s, now, now->start.loss);
    } else {
        finish(s, now);
    }
}

/* The minimum of the cubic through two points with their slopes, within bounds (Nocedal and Wright,
 * 2006, eq. 3.59). */
static double cubic_minimum(point a, point b, double lowest, double highest) {
    point left = a.t <= b.t ? a : b, right = a.t <= b.t ? b : a;
    double width = right.t - left.t;
    double d1 = left.slope + right.slope - 3 * (right.loss - left.loss) / width;
    double square = d1 * d1 - left.slope * right.slope;
    if (!(square >= 0))
        return (lowest + highest) / 2;
    double d2 = tt_sqrt(square), divisor = right.slope - left.slope + 2 * d2;
    if (divisor == 0)
        return (lowest + highest) / 2;
    double t = right.t - width * ((right.slope + d2 - d1) / divisor);
    return t < lowest ? lowest : t > highest ? highest : t;
}

/* The next point inside the bracket, kept off its ends when two in a row come close to them. */
static void zoom(const tt_step *s, search *now) {
    bool ordered = now->low.t < now->high.t;
    double left = ordered ? now->low.t : now->high.t, right = ordered ? now->high.t : now->low.t;
    if (now->n_tried >= s->p[LBFGS_MAX_LS] || (right - left) * now->reach < 1e-9) {
        settle(s, now);
        return;
    }
    double t = cubic_minimum(now->low, now->high, left, right), margin = 0.1 * (right - left);
    bool close = t - left < margin || right - t < margin;
    if (close && (now->stalled != 0 || t >= right || t <= left)) {
        t = right - t < t - left ? right - margin : left + margin;
        close = false;
    }
    now->stalled = close;
    now->t = t;
    now->phase = ZOOMING;
    move(s, t);
}

/* The lower of two points becomes the low end of the bracket. */
static void bracket(const tt_step *s, search *now, point here) {
    if (now->low.loss <= here.loss) {
        now->high = here;
    } else {
        now->high = now->low;
        now->low = here;
        copy(s->n, array(s, KEPT_ARRAY), s->g);
    }
}

/* Sufficient decrease with c1 = 1e-4, and the strong curvature condition with c2 = 0.9. */
static bool falls(const search *now, point here) {
    return here.loss <= now->start.loss + 1e-4 * here.t * now->start.slope;
}

static bool is_flat(const search *now, point here) {
    return (here.slope < 0 ? -here.slope : here.slope) <= -0.9 * now->start.slope;
}

static void widen(const tt_step *s, search *now, point here) {
    if (!falls(now, here) || (now->n_tried > 2 && here.loss >= now->low.loss)) {
        bracket(s, now, here);
        zoom(s, now);
    } else if (is_flat(now, here)) {
        accept(s, now, here.loss, s->g);
    } else if (here.slope >= 0 || now->n_tried >= s->p[LBFGS_MAX_LS]) {
        bracket(s, now, here);
        zoom(s, now);
    } else {
        now->t = cubic_minimum(now->low, here, here.t + 0.01 * (here.t - now->low.t), 10 * here.t);
        now->low = here;
        copy(s->n, array(s, KEPT_ARRAY), s->g);
        move(s, now->t);
    }
}

static void narrow(const tt_step *s, search *now, point here) {
    if (!falls(now, here) || here.loss >= now->low.loss) {
        bracket(s, now, here);
    } else if (is_flat(now, here)) {
        accept(s, now, here.loss, s->g);
        return;
    } else {
        if (here.slope * (now->high.t - now->low.t) >= 0)
            now->high = now->low;
        now->low = here;
        copy(s->n, array(s, KEPT_ARRAY), s->g);
    }
    zoom(s, now);
}

static void begin(const tt_step *s, search *now) {
    double capacity = s->t == 1 ? s->p[LBFGS_HISTORY] : now->capacity;
    *now = (search){.capacity = capacity};
    copy(s->n, array(s, X_ARRAY), s->w);
    copy(s->n, array(s, GRADIENT_ARRAY), s->g);
    begin_search(s, now, s->loss);
}

void tt_lbfgs_step(const tt_step *s) {
    search now;
    memcpy(&now, s->scalars, sizeof now);
    /* A loss that changes where nothing moved means that the settings have changed. */
    if (now.phase == NOT_STARTED || (now.phase == DONE && s->loss != now.start.loss)) {
        begin(s, &now);
    } else if (now.phase != DONE) {
        point here = {now.t, s->loss, dot(s->n, s->g, array(s, DIRECTION_ARRAY))};
        now.n_tried += 1;
        (now.phase == BRACKETING ? widen : narrow)(s, &now, here);
    }
    memcpy(s->scalars, &now, sizeof now);
}

/* The newest iterate: w may be a point that the search will reject. */
void tt_lbfgs_averaged(const tt_step *s, float *averaged) {
    copy(s->n, averaged, array(s, X_ARRAY));
}
